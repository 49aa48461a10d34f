import { openEventStream } from '../wire/event-stream.ts'
import { asCount, asName, asObject, type JsonObject, objectsIn } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import type { ObservedResponse } from '../wire/types.ts'
import { AnswerSum } from './readers/answer-sum.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { anyKnown } from './readers/known.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiUsage } from './types.ts'

/** After the whole answer comes nothing but `done`. */
const LAST_EVENTS = 3

/**
 * https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-agents-run: an agent stored at Snowflake,
 * `/api/v2/databases/d/schemas/s/agents/a:run`, or one described in the request, `/api/v2/cortex/agent:run`.
 */
export const snowflakeAgents: ApiFlavor = {
  name: 'snowflake-agents',
  provider: 'snowflake',
  endpoints: ['POST /cortex/agent:run', 'POST /schemas/{schema...}/agents/{agent...}:run'],
  readRequest(request) {
    const body = readRequestMembers(request, ['stream', 'thread_id']) ?? {}
    return {
      operation: 'invoke_agent',
      agentId: segmentAfter(request.path, '/agents/')?.replace(/:run$/, ''),
      model: asName(asObject(body.models)?.orchestration),
      conversationId: asCount(body.thread_id)?.toString(),
      // It streams unless it is told not to.
      stream: body.stream !== false,
    }
  },
  readResponse: (response) =>
    readAnswerIn(response, readAnswer(response), (document) => {
      const sum = new AnswerSum()
      const usage = asObject(asObject(document.metadata)?.usage)
      for (const entry of objectsIn(usage?.tokens_consumed))
        sum.add({ model: asName(entry.model_name), usage: usageOf(entry) })
      return sum.read()
    }),
}

/** The whole answer; a stream ends with it. */
function readAnswer(response: ObservedResponse): JsonObject | undefined {
  const events = openEventStream(response)
  if (events === undefined) return readDocument(response.body, ['metadata'])
  for (const event of atMost(LAST_EVENTS, events.backward())) {
    if (event.type === 'error') return { error: event.json() ?? {} }
    if (event.type === 'response') return event.json() ?? { metadata: event.trailing('metadata', 1) }
  }
  return {}
}

function usageOf(entry: JsonObject): GenAiUsage | undefined {
  const input = asObject(entry.input_tokens)
  return anyKnown<GenAiUsage>({
    inputTokens: asCount(input?.total),
    cacheReadTokens: asCount(input?.cache_read),
    cacheWriteTokens: asCount(input?.cache_write),
    outputTokens: asCount(asObject(entry.output_tokens)?.total),
  })
}
