import type { Families } from './families.ts'
import { flavors } from './flavors/index.ts'
import { providers } from './providers/index.ts'

/** What stands for `families.ts` in an app that is bundled: a bundler can't follow what is required by name. */
const families: Families = { flavors, providers }

export function loadFamilies(): Families {
  return families
}

export function loadFamiliesWhenIdle(): void {}
