import { openEventStream } from '../wire/event-stream.ts'
import { asBoolean, asCount, asName, asNumber, type JsonObject } from '../wire/json.ts'
import { atMost } from '../wire/stream-event.ts'
import { readError } from './readers/errors.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readOpenAiUsage } from './readers/openai-usage.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, ResponseDraft } from './types.ts'

/** After the event that ends a run comes `done`. */
const LAST_EVENTS = 4

/**
 * https://platform.openai.com/docs/api-reference/runs: an assistant runs on a thread. Only streamed runs state their
 * usage in the answer to the call that starts them; others continue in the background.
 */
export const openaiThreadRuns: ApiFlavor = {
  name: 'openai-thread-runs',
  provider: 'openai',
  endpoints: [
    'POST /threads/runs',
    'POST /threads/{thread...}/runs',
    'POST /threads/{thread...}/submit_tool_outputs',
  ],
  readRequest(request) {
    const body = readRequestMembers(request)
    // LangGraph's threads have runs too, with an input of their own.
    if (body === undefined || 'input' in body || !('assistant_id' in body || 'tool_outputs' in body))
      return undefined
    const thread = segmentAfter(request.path, '/threads/')
    const stream = asBoolean(body.stream)
    return {
      operation: 'invoke_agent',
      background: stream === true ? undefined : true,
      model: asName(body.model),
      agentId: asName(body.assistant_id),
      conversationId: thread === 'runs' ? undefined : thread,
      stream,
      temperature: asNumber(body.temperature),
      topP: asNumber(body.top_p),
      maxTokens: asCount(body.max_completion_tokens),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events === undefined) return readJsonAnswer(response, ['usage', 'model', 'status'], readRun)
    let last: ResponseDraft = {}
    for (const event of atMost(LAST_EVENTS, events.backward())) {
      const document = event.json()
      if (document?.object === 'thread.run') return readRun(document)
      const error = readError(response, document)
      if (error !== undefined) last = { error }
    }
    return last
  },
}

/** A run states its usage once it has ended. */
function readRun(run: JsonObject): ResponseDraft {
  return {
    id: asName(run.id),
    model: asName(run.model),
    status: asName(run.status),
    conversationId: asName(run.thread_id),
    usage: readOpenAiUsage(run.usage),
  }
}
