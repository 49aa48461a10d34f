import { openEventStream } from '../wire/event-stream.ts'
import { asBoolean, asName, asObject, type JsonObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import type { ObservedBody } from '../wire/types.ts'
import { readOpenAiResponseContent } from './content/openai-response-content.ts'
import { known } from './readers/known.ts'
import { readSamplingParameters } from './readers/openai-request.ts'
import { openUsageSum, readResponseObject, readResponseStream } from './readers/openai-response.ts'
import { isPreset } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import { hasCountedTools, openResponseToolsSum } from './readers/tool-requests.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

/** A request has at least one of these. */
const MEMBERS = ['model', 'input', 'prompt', 'conversation']

/** And one of these, where the path (`/v1/agent`) could be something else. */
const AGENT_MEMBERS = ['model', 'models', 'preset']

/** Members after the input on which the price depends. */
const BEHIND = ['background', 'background_options', 'tools']

/** Members that come after the output. */
const TRAILING = [
  'usage',
  'tools',
  'tool_usage',
  'model',
  'id',
  'service_tier',
  'status',
  'copilot_usage',
  'cost',
]

/**
 * https://platform.openai.com/docs/api-reference/responses: creating a response, and compacting a conversation.
 * Perplexity's agent has a path of its own.
 */
export const openaiResponses: ApiFlavor = {
  name: 'openai-responses',
  provider: 'openai',
  endpoints: ['POST /responses', 'POST /responses/compact', 'POST /v1/agent'],
  accepts: ({ path }) => !isPreset(path),
  readRequest(request) {
    const body = readRequestMembers(request, BEHIND)
    const isAgent = request.path.endsWith('/agent')
    if (body === undefined) return isAgent ? undefined : { operation: 'chat' }
    if (isAgent && !('input' in body && AGENT_MEMBERS.some((name) => name in body))) return undefined
    if (!MEMBERS.some((name) => name in body)) return undefined
    const prompt = asObject(body.prompt)
    return {
      operation: 'chat',
      ...readSamplingParameters(body),
      ...known<Partial<GenAiRequest>>({
        conversationId: asName(body.conversation) ?? asName(asObject(body.conversation)?.id),
        previousResponseId: asName(body.previous_response_id),
        background: asBoolean(body.background),
        completionWindow: readCompletionWindow(body.background_options),
        promptName: asName(prompt?.id),
        promptVersion: asName(prompt?.version),
      }),
      ...(runsTools(request.body, body) && { runsTools: true }),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events !== undefined) return readResponseStream(response, events)
    return readResponseObject(response, readDocument(response.body, TRAILING))
  },
  openSum({ background, stream, runsTools }) {
    if (runsTools) return openResponseToolsSum()
    return background && stream ? openUsageSum() : undefined
  },
  readContent: readOpenAiResponseContent,
}

/** Asked only where needed: the last event of a stream repeats all tools that were run. */
function runsTools(sent: ObservedBody | undefined, members: JsonObject): boolean {
  return members.stream !== true && 'tools' in members && sent !== undefined && hasCountedTools(sent)
}

/** https://developers.openai.com/api/docs/guides/background: a response that may wait costs less. */
function readCompletionWindow(options: unknown): string | undefined {
  const window = asName(asObject(options)?.completion_window)
  return window === 'soonest' ? undefined : window
}
