import { openEventStream } from '../wire/event-stream.ts'
import { readOpenAiChatContent } from './content/openai-chat-content.ts'
import { readCompletionBody, readCompletionStream } from './readers/openai-choices.ts'
import { readSamplingParameters, readStreamUsageRequested } from './readers/openai-request.ts'
import { deploymentOf, isPreset, segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** The second is for prompts stored at Portkey. */
const PROMPTS = ['prompt', 'variables']

/** What takes the place of a prompt in an edit, an answer, a merge or a question about images. */
const OTHER_PROMPTS = ['instruction', 'examples_context', 'initial_code', 'initialCode', 'variables']

/**
 * https://platform.openai.com/docs/api-reference/completions, and APIs of the same shape: Mistral's fill-in-the-middle,
 * Portkey's stored prompts.
 */
export const openaiCompletions: ApiFlavor = {
  name: 'openai-completions',
  provider: 'openai',
  endpoints: [
    'POST /completions',
    // Together's earlier path, which LangChain still calls.
    'POST *.together.xyz/inference',
    // OpenAI's until 2024: https://platform.openai.com/docs/deprecations
    'POST /v1/edits',
    'POST /v1/answers',
    'POST /engines/{engine}/edits',
    // A merge of an edit into a file, https://docs.relace.ai/api-reference/instant-apply/apply
    'POST *.relace.run/v1/code/apply',
    // https://dev.writer.com/api-reference/vision-api/analyze-images
    'POST api.writer.com/v1/vision',
  ],
  accepts: ({ path }) => !isPreset(path),
  readRequest(request) {
    const body = readRequestMembers(request)
    const isCertain = /\/(completions|inference)$/.test(request.path)
    const prompts = isCertain ? PROMPTS : OTHER_PROMPTS
    if (body === undefined ? !isCertain : !prompts.some((name) => name in body)) return undefined
    return {
      operation: 'text_completion',
      model: deploymentOf(request.path) ?? segmentAfter(request.path, '/engines/'),
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
