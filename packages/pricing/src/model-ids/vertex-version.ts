import type { ModelIdRule } from './types.ts'

/** Vertex writes versions after an at sign: `claude-sonnet-4-5@20250929`, `@default`. */
export const vertexVersion: ModelIdRule = {
  name: 'vertex-version',
  read(form) {
    const match = /^(.+)@(default|latest|\d{8}|\d{3})$/.exec(form.id)
    if (match === null) return undefined
    const version = match[2]!
    return { ...form, id: version.length === 8 && /\d/.test(version) ? `${match[1]}-${version}` : match[1]! }
  },
}
