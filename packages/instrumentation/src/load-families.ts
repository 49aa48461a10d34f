import { createRequire } from 'node:module'
import { safely } from './safely.ts'

export type Families = typeof import('./families.ts')

let loaded: Families | undefined

/** With the first request that leaves the app, or when it is idle, as the start of an app shouldn't wait for it. */
export function loadFamilies(): Families {
  loaded ??= requireFamilies()
  return loaded
}

function requireFamilies(): Families {
  return createRequire(import.meta.url)('#families')
}

/** As soon as the app has nothing else to do; an app that ends before that never does. */
export function loadFamiliesWhenIdle(): void {
  setTimeout(() => safely('families', loadFamilies), 0).unref()
}
