import type { ModelIdRule } from './types.ts'

/** Router variants that choose among hosts or options of one model, not another model. */
const SAME_MODEL = new Set(['nitro', 'floor', 'beta', 'extended', 'exacto', 'online', 'thinking', 'standard'])

/** Suffixes of routers: `:free`, `:nitro`, `:batch`. An unknown suffix may be another product, and stays unread. */
export const routerSuffix: ModelIdRule = {
  name: 'router-suffix',
  read(form) {
    const match = /^(.+):([a-z]+)$/.exec(form.id)
    if (match === null) return undefined
    const [, id, suffix] = match as unknown as [string, string, string]
    if (suffix === 'free') return { ...form, id, free: true }
    if (suffix === 'batch') return { ...form, id, batch: true }
    return SAME_MODEL.has(suffix) ? { ...form, id } : undefined
  },
}
