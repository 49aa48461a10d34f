import { asCount, asName, asObject, objectsIn, sumOf } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://developers.deepgram.com/reference/text-intelligence: summary, topics and the like of a text, each from a
 * model of its own.
 */
export const deepgramRead: ApiFlavor = {
  name: 'deepgram-read',
  provider: 'deepgram',
  endpoints: ['POST api.deepgram.com/v1/read'],
  readRequest: () => ({ operation: 'generate_content', outputType: 'text' }),
  readResponse: (response) =>
    readJsonAnswer(response, ['metadata'], (document) => {
      const metadata = asObject(document.metadata) ?? {}
      // `summary_info`, `topics_info`, ... hold a model and its tokens.
      const used = objectsIn(Object.values(metadata))
      return {
        id: asName(metadata.request_id),
        usage: {
          inputTokens: sumOf(...used.map(({ input_tokens }) => asCount(input_tokens))),
          outputTokens: sumOf(...used.map(({ output_tokens }) => asCount(output_tokens))),
        },
      }
    }),
}
