import * as families from './families.ts'
import type { Families } from './load-families.ts'

/** Replaces `load-families.ts` in the build for bundlers, which can't follow its `require` (see `rolldown.config.ts`). */
export function loadFamilies(): Families {
  return families
}

export function loadFamiliesWhenIdle(): void {}
