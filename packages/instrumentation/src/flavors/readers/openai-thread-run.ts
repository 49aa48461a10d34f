import { asName, type JsonObject } from '../../wire/json.ts'
import type { GenAiResponse } from '../types.ts'
import { known } from './known.ts'
import { readOpenAiUsage } from './openai-usage.ts'

/** An assistant's run, which states its usage once it has ended. */
export function readThreadRun(run: JsonObject): GenAiResponse {
  return known<GenAiResponse>({
    id: asName(run.id),
    model: asName(run.model),
    status: asName(run.status),
    conversationId: asName(run.thread_id),
    usage: readOpenAiUsage(run.usage),
  })
}
