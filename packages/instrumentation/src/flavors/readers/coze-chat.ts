import { asCount, asName, asObject, type JsonObject } from '../../wire/json.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse, GenAiUsage } from '../types.ts'
import { isFailure, type ProviderError, readFailure } from './errors.ts'
import { anyKnown, known } from './known.ts'

/** `{ code, msg, data }`, where `data` is the chat; a code other than 0 is an error, even in a 200. */
export function readCozeChat(response: ObservedResponse, document: JsonObject | undefined): GenAiResponse {
  if (isFailure(response, document)) return readFailure(response, document)
  const data = asObject(document.data) ?? {}
  const usage = asObject(data.usage) ?? {}
  return known<GenAiResponse>({
    id: asName(data.id),
    conversationId: asName(data.conversation_id),
    status: asName(data.status),
    usage: anyKnown<GenAiUsage>({
      inputTokens: asCount(usage.input_count),
      outputTokens: asCount(usage.output_count),
    }),
    error: errorOf(document) ?? errorOf(asObject(data.last_error) ?? {}),
  })
}

function errorOf({ code, msg }: JsonObject): GenAiResponse['error'] {
  const number = asCount(code)
  return number ? known<ProviderError>({ type: String(number), message: asName(msg) }) : undefined
}
