import { asName, asObject } from '../../wire/json.ts'
import { readDocument } from '../../wire/json-document.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse } from '../types.ts'
import { readMessageUsage } from './anthropic-message.ts'
import { readJsonAnswer } from './json-answer.ts'

/** Before that, the usage is only what was used so far. */
const ENDED: readonly unknown[] = ['completed', 'failed', 'canceled']

export function readDream(response: ObservedResponse): GenAiResponse {
  return readJsonAnswer(
    response,
    readDocument(response.body, ['usage', 'status', 'session_id', 'model']),
    (document) => {
      const model = asObject(document.model)
      return {
        id: asName(document.id),
        model: asName(model?.id),
        speed: asName(model?.speed),
        conversationId: asName(document.session_id),
        status: asName(document.status),
        usage: ENDED.includes(document.status) ? readMessageUsage(document.usage) : undefined,
      }
    },
  )
}
