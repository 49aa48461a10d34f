import { isWithin } from '../providers/hosts.ts'
import { openEventStream } from '../wire/event-stream.ts'
import { asName, asObject, type JsonObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import type { RequestHead } from '../wire/types.ts'
import { readOpenAiChatContent } from './content/openai-chat-content.ts'
import { readCompletionBody, readCompletionStream } from './readers/openai-choices.ts'
import { readSamplingParameters, readStreamUsageRequested } from './readers/openai-request.ts'
import { decoded, deploymentOf, endsWithAny, isPreset, segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import { openExecutedToolsSum } from './readers/tool-requests.ts'
import type { ApiFlavor } from './types.ts'

/** Members after the messages on which the price depends. */
const BEHIND = ['deferred', 'web_search_options']

const ASYNCHRONOUS_SONAR = '/v1/async/sonar'

/** Perplexity's, current and earlier. */
const ASYNCHRONOUS = [ASYNCHRONOUS_SONAR, '/async/chat/completions']

const BAIDU = '/wenxinworkshop/chat/'

/** Paths that can be nothing else, among them Snowflake's and MiniMax's. */
const OWN_PATHS = [
  '/chat/completions',
  '/inference:complete',
  '/text/chatcompletion_v2',
  '/text/chatcompletion_pro',
  '/text/chatcompletion',
]

/** NVIDIA's path for vision models: https://docs.api.nvidia.com/nim/reference/visual-models-apis */
const VISION = '/v1/vlm/'

/** Paths that may be something else, so that the body has to tell. */
const OTHER_PATHS = [
  // Mistral's agents, Inception's edits of code.
  '/agents/completions',
  '/edit/completions',
  '/apply/completions',
  // Those of Pollinations, Perplexity, Maritaca, AI21, Writer, Reka, Contextual AI, Pinecone and NVIDIA.
  '/openai',
  '/v1/sonar',
  ASYNCHRONOUS_SONAR,
  '/api/chat/inference',
  '/studio/v1/conversational-rag',
  'api.writer.com/v1/chat',
  'api.reka.ai/v1/chat',
  'api.contextual.ai/v1/generate',
  '*.pinecone.io/assistant/chat/{assistant}',
  `ai.api.nvidia.com${VISION}{model...}`,
]

/** https://platform.openai.com/docs/api-reference/chat, which most providers speak. */
export const openaiChatCompletions: ApiFlavor = {
  name: 'openai-chat-completions',
  provider: 'openai',
  endpoints: [...OWN_PATHS, `${BAIDU}{model...}`, ...OTHER_PATHS].map((path) => `POST ${path}`),
  accepts: ({ path }) => !isPreset(path),
  readRequest(request) {
    const members = readRequestMembers(request, BEHIND)
    // Perplexity's asynchronous calls wrap the request.
    const body = asObject(members?.request) ?? members
    if (!hasOwnPath(request.path) && (body === undefined || !('messages' in body))) return undefined
    return {
      operation: 'chat',
      model: modelIn(request.path),
      ...(body && { ...readSamplingParameters(body), ...readStreamUsageRequested(body) }),
      ...(runsTools(request, body) && { runsTools: true }),
      ...(isAnsweredLater(request.path, body) && { background: true }),
    }
  },
  readResponse(response, request) {
    const events = openEventStream(response)
    if (events !== undefined) return readCompletionStream(response, events, request.choiceCount)
    const read = readCompletionBody(response, request.choiceCount)
    // xAI's ticket for a deferred completion.
    const ticket = request.background === true && asName(readDocument(response.body, [])?.request_id)
    return ticket ? { id: ticket, ...read } : read
  },
  openSum: ({ runsTools }) => (runsTools ? openExecutedToolsSum() : undefined),
  readContent: readOpenAiChatContent,
}

function modelIn(path: string): string | undefined {
  if (path.startsWith(VISION)) return decoded(path.slice(VISION.length))
  return deploymentOf(path) ?? segmentAfter(path, BAIDU)
}

/** Whether this is one of Perplexity's asynchronous calls, or of xAI's deferred ones. */
function isAnsweredLater(path: string, body: JsonObject | undefined): boolean {
  return endsWithAny(path, ASYNCHRONOUS) || body?.deferred === true
}

/** Groq's own models, and those that may search and run code there. */
const MODELS_WITH_TOOLS = /compound|gpt-oss/

function runsTools({ host }: RequestHead, body: JsonObject | undefined): boolean {
  return isWithin(host, 'groq.com') && MODELS_WITH_TOOLS.test(asName(body?.model) ?? '')
}

function hasOwnPath(path: string): boolean {
  return endsWithAny(path, OWN_PATHS) || path.includes(BAIDU)
}
