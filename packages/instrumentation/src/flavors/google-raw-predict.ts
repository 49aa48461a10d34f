import { openEventStream } from '../wire/event-stream.ts'
import { readDocument } from '../wire/json-document.ts'
import { readAnthropicContent } from './content/anthropic-content.ts'
import { readOpenAiChatContent } from './content/openai-chat-content.ts'
import { readMessage, readMessageStream } from './readers/anthropic-message.ts'
import { readAnthropicParameters } from './readers/anthropic-request.ts'
import { googleModelOf } from './readers/google-model.ts'
import { readCompletionBody, readCompletionStream } from './readers/openai-choices.ts'
import { readSamplingParameters } from './readers/openai-request.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/**
 * Vertex AI passes bodies of other publishers through: Anthropic's messages, and Mistral's and AI21's chat completions.
 */
export const googleRawPredict: ApiFlavor = {
  name: 'google-raw-predict',
  provider: 'gcp.vertex_ai',
  endpoints: ['POST :rawPredict', 'POST :streamRawPredict'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (request.path.includes('count-tokens')) return undefined
    // Sent to a container of the user's own, which may predict anything.
    if (body !== undefined && 'instances' in body) return undefined
    const model = googleModelOf(request.path)
    return {
      operation: 'chat',
      ...(body &&
        ('anthropic_version' in body ? readAnthropicParameters(body) : readSamplingParameters(body))),
      ...(request.path.endsWith('streamRawPredict') && { stream: true }),
      ...(model !== undefined && { model }),
    }
  },
  readResponse(response, request) {
    const events = openEventStream(response)
    const isAnthropic = request.model?.startsWith('claude') === true
    if (events !== undefined) {
      return isAnthropic ? readMessageStream(response, events) : readCompletionStream(response, events)
    }
    if (!isAnthropic) return readCompletionBody(response)
    return readMessage(response, readDocument(response.body, ['usage', 'stop_reason', 'model', 'id']))
  },
  readContent: (request, response) =>
    googleModelOf(request.path)?.startsWith('claude') === true
      ? readAnthropicContent(request, response)
      : readOpenAiChatContent(request, response),
}
