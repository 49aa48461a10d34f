import type { ModelIdRule } from './types.ts'

/** A dated snapshot that the list doesn't single out has the price of its model: `-2025-04-14`, `-20250929`. */
export const datedSnapshot: ModelIdRule = {
  name: 'dated-snapshot',
  read(form) {
    const id = form.id.replace(
      /-20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$|-20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/,
      '',
    )
    return id === form.id ? undefined : { ...form, id }
  },
}
