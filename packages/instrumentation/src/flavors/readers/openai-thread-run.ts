import { asName, type JsonObject } from '../../wire/json.ts'
import { readDocument } from '../../wire/json-document.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse } from '../types.ts'
import { isFailure, readFailure } from './errors.ts'
import { known } from './known.ts'
import { readOpenAiUsage } from './openai-usage.ts'

/** The answer to a request that starts a run or fetches it. */
export function readThreadRunAnswer(response: ObservedResponse): GenAiResponse {
  const document = readDocument(response.body, ['usage', 'model', 'status'])
  return isFailure(response, document) ? readFailure(response, document) : readThreadRun(document)
}

/** The run of an assistant, which states its usage once it has ended. */
export function readThreadRun(run: JsonObject): GenAiResponse {
  return known<GenAiResponse>({
    id: asName(run.id),
    model: asName(run.model),
    status: asName(run.status),
    conversationId: asName(run.thread_id),
    usage: readOpenAiUsage(run.usage),
  })
}
