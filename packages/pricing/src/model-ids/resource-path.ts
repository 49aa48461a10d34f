import type { ModelIdRule } from './types.ts'

const PATH =
  /^(?:\/?\/?[\w.]*googleapis\.com\/)?(?:(?:projects|accounts)\/[^/]+\/)?(?:locations\/([^/]+)\/)?(?:publishers\/[^/]+\/)?(?:models|routers)\/(.+)$/

/**
 * Resource names of Google and Fireworks: `models/gemini-2.5-pro`, `accounts/fireworks/models/...`,
 * `projects/p/locations/us-central1/publishers/google/models/...`.
 */
export const resourcePath: ModelIdRule = {
  name: 'resource-path',
  read(form) {
    const match = PATH.exec(form.id) ?? /^()publishers\/[^/]+\/(.+)$/.exec(form.id)
    if (match === null) return undefined
    return { ...form, id: match[2]!, ...(match[1] ? { region: match[1] } : {}) }
  },
}
