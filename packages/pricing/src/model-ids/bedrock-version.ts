import type { ModelIdRule } from './types.ts'

/** Bedrock ids are written with and without their version and context suffixes: `-v1:0`, `-v1`, `:0`, `:0:200k`. */
export const bedrockVersion: ModelIdRule = {
  name: 'bedrock-version',
  read(form) {
    const id = form.id.replace(/(:\d+):\d+k$/, '$1')
    if (id !== form.id) return { ...form, id }
    const bare = form.id.replace(/(?:-v\d+)?:\d+$|-v\d+$/, '')
    return bare === form.id ? undefined : { ...form, id: bare }
  },
}
