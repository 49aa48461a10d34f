import type { ResourceView } from './types.ts'

/** Remembers what follows from a resource, which all spans of a service share; these usually come one after the other. */
export function byResource<T>(workOut: (resource: ResourceView) => T): (resource: ResourceView) => T {
  const known = new WeakMap<ResourceView, { readonly result: T }>()
  let latest: ResourceView | undefined
  let latestResult: T
  return (resource) => {
    if (resource === latest) return latestResult
    let entry = known.get(resource)
    if (entry === undefined) {
      entry = { result: workOut(resource) }
      known.set(resource, entry)
    }
    latest = resource
    latestResult = entry.result
    return latestResult
  }
}
