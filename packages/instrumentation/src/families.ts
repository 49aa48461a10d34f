import { createRequire } from 'node:module'
import type { FindFlavor } from './flavors/endpoints.ts'
import type { Provider } from './providers/types.ts'
import { safely } from './safely.ts'

/** The two families of small files that requests are recognised by. */
export interface Families {
  readonly findFlavor: FindFlavor
  readonly providers: readonly Provider[]
}

let loaded: Families | undefined

/**
 * Loads the families with the first request that leaves the app, or when it is idle: they are hundreds of modules,
 * which the start of an app shouldn't wait for.
 */
export function loadFamilies(): Families {
  loaded ??= requireFamilies()
  return loaded
}

function requireFamilies(): Families {
  return { ...createRequire(import.meta.url)('#flavors'), ...createRequire(import.meta.url)('#providers') }
}

/** Loads them as soon as the app has nothing else to do; an app that ends before that never does. */
export function loadFamiliesWhenIdle(): void {
  setTimeout(() => safely('families', loadFamilies), 0).unref()
}
