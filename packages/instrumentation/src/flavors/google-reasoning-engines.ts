import { asCount, asName, asNames, asObject, type JsonObject } from '../wire/json.ts'
import { RecordScanner } from '../wire/record-scanner.ts'
import { AnswerSum } from './readers/answer-sum.ts'
import { readFailure } from './readers/errors.ts'
import { anyKnown } from './readers/known.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiUsage, ResponseSum } from './types.ts'

/** The agent's methods that answer; the others manage its sessions and memories. */
const ANSWERING = /^(async_|bidi_)?(stream_)?query$|^streaming_agent_run/

/**
 * https://docs.cloud.google.com/agent-builder/agent-engine/use/overview: an agent that Google runs, of any framework.
 * One made with the Agent Development Kit answers with its events, one a line, each with the usage of its model.
 */
export const googleReasoningEngines: ApiFlavor = {
  name: 'google-reasoning-engines',
  provider: 'gcp.vertex_ai',
  endpoints: ['POST /reasoningEngines/{engine...}:query', 'POST /reasoningEngines/{engine...}:streamQuery'],
  readRequest(request) {
    const body = readRequestMembers(request, ['class_method', 'classMethod'])
    const called = asName(body?.class_method) ?? asName(body?.classMethod)
    if (called !== undefined && !ANSWERING.test(called)) return undefined
    return {
      operation: 'invoke_agent',
      agentId: segmentAfter(request.path, '/reasoningEngines/')?.replace(/:.*$/, ''),
      conversationId: asName(asObject(body?.input)?.session_id),
      stream: request.path.endsWith('streamQuery') ? true : undefined,
    }
  },
  readResponse: (response) => (response.status < 400 ? {} : readFailure(response, undefined)),
  openSum: sumEvents,
}

const OF_EVENTS = ['usage_metadata', 'model_version', 'finish_reason', 'partial']

function sumEvents(): ResponseSum {
  const sum = new AnswerSum()
  let finishReasons: string[] | undefined
  const events = new RecordScanner({ depth: 1, names: OF_EVENTS }, (event) => {
    finishReasons = asNames(event.finish_reason) ?? finishReasons
    // What is streamed in parts is repeated as a whole.
    if (event.partial === true) return
    sum.add({
      model: asName(event.model_version),
      usage: usageOf(asObject(event.usage_metadata) ?? {}),
    })
  })
  return {
    countsParts: true,
    write: (chunk) => events.write(chunk),
    read: () => ({ ...sum.read(), finishReasons }),
  }
}

/** As in Gemini's API, but in snake case. */
function usageOf(usage: JsonObject): GenAiUsage | undefined {
  const thoughts = asCount(usage.thoughts_token_count)
  const candidates = asCount(usage.candidates_token_count)
  const prompt = asCount(usage.prompt_token_count)
  return anyKnown<GenAiUsage>({
    inputTokens:
      prompt === undefined ? undefined : prompt + (asCount(usage.tool_use_prompt_token_count) ?? 0),
    cacheReadTokens: asCount(usage.cached_content_token_count),
    outputTokens: candidates === undefined ? thoughts : candidates + (thoughts ?? 0),
    reasoningTokens: thoughts,
  })
}
