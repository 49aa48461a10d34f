import type { Families } from './families.ts'
import { flavors } from './flavors/index.ts'
import { providers } from './providers/index.ts'

/** Replaces `families.ts` in the build for bundlers, which can't follow its `require` (see `rolldown.config.ts`). */
const families: Families = { flavors, providers }

export function loadFamilies(): Families {
  return families
}

export function loadFamiliesWhenIdle(): void {}
