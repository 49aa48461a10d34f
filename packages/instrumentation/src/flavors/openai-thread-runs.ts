import { openEventStream } from '../wire/event-stream.ts'
import { asBoolean, asCount, asName, asNumber } from '../wire/json.ts'
import { atMost } from '../wire/stream-event.ts'
import { readError } from './readers/errors.ts'
import { known } from './readers/known.ts'
import { readThreadRun, readThreadRunAnswer } from './readers/openai-thread-run.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse } from './types.ts'

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
      ...(stream !== true && { background: true }),
      ...known<Partial<GenAiRequest>>({
        model: asName(body.model),
        agentId: asName(body.assistant_id),
        conversationId: thread === 'runs' ? undefined : thread,
        stream,
        temperature: asNumber(body.temperature),
        topP: asNumber(body.top_p),
        maxTokens: asCount(body.max_completion_tokens),
      }),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events === undefined) return readThreadRunAnswer(response)
    let last: GenAiResponse = {}
    for (const event of atMost(LAST_EVENTS, events.backward())) {
      const document = event.json()
      if (document?.object === 'thread.run') return readThreadRun(document)
      const error = readError(response, document)
      if (error !== undefined) last = { error }
    }
    return last
  },
}
