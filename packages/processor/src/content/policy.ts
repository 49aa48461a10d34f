import { createHmac, randomBytes } from 'node:crypto'
import { matchesGlob } from '../attribution/glob.ts'
import type { ContentAction, ContentPolicy } from './types.ts'

const MOST_NAMES_KEPT = 8192
const LONGEST_KEPT = 256

/** A content policy ready for use: what to do with a name is worked out once. */
export interface CompiledPolicy {
  /** For attributes of spans, events, links, scopes and resources. */
  actionFor(attribute: string): ContentAction
  dropsEvent(name: string): boolean
  /** 32 hex digits, the same for the same value and key. */
  hash(value: string): string
}

/** `undefined` for a policy that does nothing, so that nobody asks it. */
export function compilePolicy(policy: ContentPolicy): CompiledPolicy | undefined {
  const { drop = [], mask = [], hash = [], drop_events = [] } = policy
  if (drop.length + mask.length + hash.length + drop_events.length === 0) return undefined
  const key = policy.hash_key ?? randomBytes(32)
  const fits = (globs: readonly string[], name: string): boolean =>
    globs.some((glob) => matchesGlob(glob, name))
  return {
    actionFor: remembering((name) =>
      fits(drop, name) ? 'drop' : fits(mask, name) ? 'mask' : fits(hash, name) ? 'hash' : 'keep',
    ),
    dropsEvent: remembering((name) => fits(drop_events, name)),
    hash: (value) => createHmac('sha256', key).update(value).digest('hex').slice(0, 32),
  }
}

function remembering<T>(workOut: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>()
  return (name) => {
    let result = known.get(name)
    if (result === undefined) {
      result = workOut(name)
      if (name.length > LONGEST_KEPT) return result
      if (known.size >= MOST_NAMES_KEPT) known.clear()
      known.set(name, result)
    }
    return result
  }
}
