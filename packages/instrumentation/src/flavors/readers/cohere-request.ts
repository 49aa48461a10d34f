import type { JsonObject } from '../../wire/json.ts'
import type { RequestHead } from '../../wire/types.ts'

/** What its SDKs always send (`stream`), and what few others know. */
const OWN = [
  'model',
  'stream',
  'chat_history',
  'preamble',
  'connectors',
  'documents',
  'temperature',
  'k',
  'p',
]

/** Cohere chooses a model where none is named. On a host that isn't its own, such a request may be for an app's own chat. */
export function isCohere({ host }: RequestHead, body: JsonObject): boolean {
  return host.includes('cohere') || OWN.some((name) => name in body)
}
