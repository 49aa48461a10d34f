import { isWithin } from '../providers/hosts.ts'
import { openEventStream } from '../wire/event-stream.ts'
import type { RequestHead } from '../wire/types.ts'
import { readOpenAiChatContent } from './content/openai-chat-content.ts'
import { readCompletionBody, readCompletionStream } from './readers/openai-choices.ts'
import { readSamplingParameters, readStreamUsageRequested } from './readers/openai-request.ts'
import { CHATS, deploymentOf, endsWithAny, segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** The second is for prompts stored at Portkey. */
const PROMPTS = ['prompt', 'variables']

/** What takes the place of a prompt in an edit, an answer, a merge or a question about images. */
const OTHER_PROMPTS = ['instruction', 'examples_context', 'initial_code', 'initialCode', 'variables']

/** OpenAI's paths until 2024: https://platform.openai.com/docs/deprecations */
const EARLIER = ['/v1/edits', '/v1/answers']

/** Relace's merge of an edit into a file, https://docs.relace.ai/api-reference/instant-apply/apply */
const APPLY = '/v1/code/apply'

/**
 * https://platform.openai.com/docs/api-reference/completions, and APIs of the same shape: Mistral's fill-in-the-middle,
 * Portkey's stored prompts.
 */
export const openaiCompletions: ApiFlavor = {
  name: 'openai-completions',
  provider: 'openai',
  endings: ['completions', 'edits', 'answers', 'apply', 'vision', 'inference'],
  matches: (request) => request.method === 'POST' && (isCompletions(request) || hasOtherPath(request)),
  readRequest(request) {
    const body = readRequestMembers(request)
    const isCertain = isCompletions(request)
    const prompts = isCertain ? PROMPTS : OTHER_PROMPTS
    if (body === undefined ? !isCertain : !prompts.some((name) => name in body)) return undefined
    const model = deploymentOf(request.path) ?? segmentAfter(request.path, '/engines/')
    return {
      operation: 'text_completion',
      ...(model !== undefined && { model }),
      ...(body && { ...readSamplingParameters(body), ...readStreamUsageRequested(body) }),
    }
  },
  readResponse(response, request) {
    const events = openEventStream(response)
    if (events !== undefined) return readCompletionStream(response, events, request.choiceCount)
    return readCompletionBody(response, request.choiceCount)
  },
  readContent: readOpenAiChatContent,
}

function isCompletions({ host, path }: RequestHead): boolean {
  // Together's earlier path, which LangChain still calls.
  if (path === '/inference') return isWithin(host, 'together.xyz')
  return path.endsWith('/completions') && !path.endsWith('/chat/completions') && !endsWithAny(path, CHATS)
}

function hasOtherPath({ host, path }: RequestHead): boolean {
  if (path.endsWith(APPLY)) return isWithin(host, 'relace.run')
  // https://dev.writer.com/api-reference/vision-api/analyze-images
  if (path.endsWith('/v1/vision')) return host === 'api.writer.com'
  return endsWithAny(path, EARLIER) || (path.endsWith('/edits') && path.includes('/engines/'))
}
