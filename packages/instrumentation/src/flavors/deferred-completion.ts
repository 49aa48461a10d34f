import { asName, asObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { isFailure, readFailure } from './readers/errors.ts'
import { asFetched, readFetch } from './readers/fetched.ts'
import { readCompletion } from './readers/openai-choices.ts'
import type { ApiFlavor } from './types.ts'

/**
 * Fetches a chat completion that was requested earlier: xAI's, https://docs.x.ai/docs/guides/deferred-chat-completions,
 * and the asynchronous ones of Perplexity and Z.AI.
 */
export const deferredCompletion: ApiFlavor = {
  name: 'deferred-completion',
  provider: 'x_ai',
  endpoints: [
    'GET /chat/deferred-completion/{request}',
    // Perplexity's, current and earlier.
    'GET /v1/async/sonar/{request}',
    'GET /async/chat/completions/{request}',
    // Z.AI's.
    'GET /paas/v4/async-result/{request}',
  ],
  readRequest: readFetch,
  readResponse(response) {
    // Until it is ready, the answer is an empty 202.
    const document = readDocument(response.body, ['usage', 'model', 'id'])
    if (isFailure(response, document)) return readFailure(response, document)
    const completion = readCompletion(response, asObject(document.response) ?? document)
    return {
      ...asFetched(completion),
      status: asName(document.status) ?? asName(document.task_status),
    }
  },
}
