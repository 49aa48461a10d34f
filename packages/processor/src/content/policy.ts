import { createHmac, randomBytes } from 'node:crypto'
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'
import { matchesGlob } from '../glob.ts'
import { byText } from '../otlp/by-text.ts'
import type { ContentAction, ContentPolicy } from './types.ts'

/** A policy is asked for every attribute name, of which there are more than of other texts. */
const MOST_NAMES_KEPT = 8192

/** The key of a process without one in its configuration: workers hash alike, also after a reload. */
const OWN_KEY = sharedByThreads('spanmeter content hash key', () => randomBytes(32).toString('hex'))

/** A content policy that is ready for use. */
export interface CompiledPolicy {
  /** What to do with an attribute of a span, event, link, scope or resource. */
  actionFor(attribute: string): ContentAction
  dropsEvent(name: string): boolean
  /** 32 hex digits, the same for the same value and key. */
  hash(value: string): string
}

/** `undefined` for an empty policy. */
export function compilePolicy(policy: ContentPolicy): CompiledPolicy | undefined {
  const { drop = [], mask = [], hash = [], drop_events = [] } = policy
  if (drop.length + mask.length + hash.length + drop_events.length === 0) return undefined
  const key = policy.hash_key ?? OWN_KEY
  const fits = (globs: readonly string[], name: string): boolean =>
    globs.some((glob) => matchesGlob(glob, name))
  return {
    actionFor: byText(
      (name) => (fits(drop, name) ? 'drop' : fits(mask, name) ? 'mask' : fits(hash, name) ? 'hash' : 'keep'),
      MOST_NAMES_KEPT,
    ),
    dropsEvent: byText((name) => fits(drop_events, name), MOST_NAMES_KEPT),
    hash: (value) => createHmac('sha256', key).update(value).digest('hex').slice(0, 32),
  }
}

/** The value that the first thread has made. The threads that it starts inherit it. */
function sharedByThreads(name: string, make: () => string): string {
  const known = getEnvironmentData(name)
  const value = typeof known === 'string' ? known : make()
  setEnvironmentData(name, value)
  return value
}
