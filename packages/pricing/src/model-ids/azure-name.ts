import type { ModelIdRule } from './types.ts'

/** Azure model names can't hold a dot: `gpt-35-turbo`. */
export const azureName: ModelIdRule = {
  name: 'azure-name',
  read(form) {
    const id = form.id.replace(/^gpt-35-/, 'gpt-3.5-')
    return id === form.id ? undefined : { ...form, id }
  },
}
