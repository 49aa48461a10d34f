import type { JsonObject } from '../../wire/json.ts'
import type { RequestHead } from '../../wire/types.ts'

/** Members that Cohere's SDKs always send (`stream`), or that few other APIs have. */
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

/**
 * A request to Cohere need not name a model. On another host, a request without any of these members may be for an
 * app's own chat.
 */
export function isCohere({ host }: RequestHead, body: JsonObject): boolean {
  return host.includes('cohere') || OWN.some((name) => name in body)
}
