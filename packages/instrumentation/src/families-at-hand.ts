import type { Families } from './families.ts'
import { findFlavor } from './flavors/find-flavor.ts'
import { providers } from './providers/index.ts'

/** Replaces `families.ts` in the build for bundlers, which can't follow its `require` (see `rolldown.config.ts`). */
const families: Families = { findFlavor, providers }

export function loadFamilies(): Families {
  return families
}

export function loadFamiliesWhenIdle(): void {}
