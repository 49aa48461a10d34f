import { asName, asObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { isFailure, readFailure } from './readers/errors.ts'
import { asFetched } from './readers/fetched.ts'
import { known } from './readers/known.ts'
import { readCompletion } from './readers/openai-choices.ts'
import { decoded, lastSegment } from './readers/paths.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse } from './types.ts'

/** The paths before the id: xAI's, Perplexity's (current and earlier) and Z.AI's. */
const PATHS = [
  '/chat/deferred-completion/',
  '/v1/async/sonar/',
  '/async/chat/completions/',
  '/paas/v4/async-result/',
]

/**
 * Fetches a chat completion that was requested earlier: xAI's, https://docs.x.ai/docs/guides/deferred-chat-completions,
 * and the asynchronous ones of Perplexity and Z.AI.
 */
export const deferredCompletion: ApiFlavor = {
  name: 'deferred-completion',
  provider: 'x_ai',
  markers: PATHS,
  matches: ({ method, path }) => method === 'GET' && PATHS.some((before) => path.includes(before)),
  readRequest: ({ path }) => ({
    operation: 'fetch_response',
    ...known<Partial<GenAiRequest>>({ responseId: decoded(lastSegment(path)) }),
  }),
  readResponse(response) {
    // Until it is ready, the answer is an empty 202.
    const document = readDocument(response.body, ['usage', 'model', 'id'])
    if (isFailure(response, document)) return readFailure(response, document)
    const completion = readCompletion(response, asObject(document.response) ?? document)
    return known<GenAiResponse>({
      ...asFetched(completion),
      status: asName(document.status) ?? asName(document.task_status),
    })
  },
}
