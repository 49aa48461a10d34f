import { asName, asObject } from '../../wire/json.ts'
import { readDocument } from '../../wire/json-document.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse } from '../types.ts'
import { readMessageUsage } from './anthropic-message.ts'
import { isFailure, readError, readFailure } from './errors.ts'
import { known } from './known.ts'

/** Before that, the usage is only what was used so far. */
const ENDED: readonly unknown[] = ['completed', 'failed', 'canceled']

export function readDream(response: ObservedResponse): GenAiResponse {
  const document = readDocument(response.body, ['usage', 'status', 'session_id', 'model'])
  if (isFailure(response, document)) return readFailure(response, document)
  const model = asObject(document.model)
  return known<GenAiResponse>({
    id: asName(document.id),
    model: asName(model?.id),
    speed: asName(model?.speed),
    conversationId: asName(document.session_id),
    status: asName(document.status),
    usage: ENDED.includes(document.status) ? readMessageUsage(document.usage) : undefined,
    error: readError(response, document),
  })
}
