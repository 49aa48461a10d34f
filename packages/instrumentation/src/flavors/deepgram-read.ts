import { asCount, asName, asObject, objectsIn, sumOf } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { anyKnown, known } from './readers/known.ts'
import type { ApiFlavor, GenAiResponse, GenAiUsage } from './types.ts'

/**
 * https://developers.deepgram.com/reference/text-intelligence: summary, topics and the like of a text, each from a
 * model of its own.
 */
export const deepgramRead: ApiFlavor = {
  name: 'deepgram-read',
  provider: 'deepgram',
  endpoints: ['POST api.deepgram.com/v1/read'],
  readRequest: () => ({ operation: 'generate_content', outputType: 'text' }),
  readResponse(response) {
    const document = readDocument(response.body, ['metadata'])
    if (isFailure(response, document)) return readFailure(response, document)
    const metadata = asObject(document.metadata) ?? {}
    // `summary_info`, `topics_info`, ... hold a model and its tokens.
    const used = objectsIn(Object.values(metadata))
    return known<GenAiResponse>({
      id: asName(metadata.request_id),
      usage: anyKnown<GenAiUsage>({
        inputTokens: sumOf(...used.map(({ input_tokens }) => asCount(input_tokens))),
        outputTokens: sumOf(...used.map(({ output_tokens }) => asCount(output_tokens))),
      }),
      error: readError(response, document),
    })
  },
}
