import { isWithin } from '../providers/hosts.ts'
import { openEventStream } from '../wire/event-stream.ts'
import { asName, asObject, type JsonObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import type { RequestHead } from '../wire/types.ts'
import { readOpenAiChatContent } from './content/openai-chat-content.ts'
import { readCompletionBody, readCompletionStream } from './readers/openai-choices.ts'
import { readSamplingParameters, readStreamUsageRequested } from './readers/openai-request.ts'
import {
  CHATS,
  decoded,
  deploymentOf,
  endsOneAfter,
  endsWithAny,
  isPreset,
  segmentAfter,
} from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import { openExecutedToolsSum } from './readers/tool-requests.ts'
import type { ApiFlavor } from './types.ts'

/** Members after the messages on which the price depends. */
const BEHIND = ['deferred', 'web_search_options']

const ASYNCHRONOUS_SONAR = '/v1/async/sonar'

/** Perplexity's, current and earlier. */
const ASYNCHRONOUS = [ASYNCHRONOUS_SONAR, '/async/chat/completions']

/** Among them those of Pollinations, Perplexity, Maritaca and AI21. */
const OTHER_PATHS = [
  ...CHATS,
  '/openai',
  '/v1/sonar',
  ASYNCHRONOUS_SONAR,
  '/api/chat/inference',
  '/studio/v1/conversational-rag',
]

/** MiniMax's current path, and two earlier ones. */
const MINIMAX = ['/text/chatcompletion_v2', '/text/chatcompletion_pro', '/text/chatcompletion']

/** Pinecone's path, followed by the assistant's name. */
const ASSISTANT = '/assistant/chat/'

/**
 * NVIDIA's path for vision models, followed by the model: https://docs.api.nvidia.com/nim/reference/visual-models-apis
 */
const VISION = '/v1/vlm/'

/** https://platform.openai.com/docs/api-reference/chat, which most providers speak. */
export const openaiChatCompletions: ApiFlavor = {
  name: 'openai-chat-completions',
  provider: 'openai',
  markers: [
    '/completions',
    '/inference:complete',
    ...MINIMAX,
    '/wenxinworkshop/chat/',
    '/v1/chat',
    '/v1/generate',
    ASSISTANT,
    VISION,
    ...OTHER_PATHS,
  ],
  matches: (request) => request.method === 'POST' && (hasOwnPath(request) || hasOtherPath(request)),
  readRequest(request) {
    const members = readRequestMembers(request, BEHIND)
    // Perplexity's asynchronous calls wrap the request.
    const body = asObject(members?.request) ?? members
    if (!hasOwnPath(request) && (body === undefined || !('messages' in body))) return undefined
    const model = modelIn(request.path)
    return {
      operation: 'chat',
      ...(model !== undefined && { model }),
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
  return deploymentOf(path) ?? segmentAfter(path, '/wenxinworkshop/chat/')
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

/** Paths that can be nothing else, among them Snowflake's `inference:complete`, MiniMax's and Baidu's. */
function hasOwnPath({ path }: RequestHead): boolean {
  return (
    (path.endsWith('/chat/completions') && !isPreset(path)) ||
    path.endsWith('/inference:complete') ||
    endsWithAny(path, MINIMAX) ||
    path.includes('/wenxinworkshop/chat/')
  )
}

/**
 * Paths that may be something else, so that the body has to tell. Writer's, Reka's and Contextual AI's are the same as
 * Cohere's.
 */
function hasOtherPath({ host, path }: RequestHead): boolean {
  if (path.endsWith('/v1/chat')) return host === 'api.writer.com' || host === 'api.reka.ai'
  if (path.endsWith('/v1/generate')) return host === 'api.contextual.ai'
  if (path.startsWith(ASSISTANT)) return endsOneAfter(path, ASSISTANT) && host.endsWith('.pinecone.io')
  if (path.startsWith(VISION)) return host === 'ai.api.nvidia.com'
  return endsWithAny(path, OTHER_PATHS)
}
