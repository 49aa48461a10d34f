import { wholeOf } from '../wire/bytes.ts'
import { asName, asObject, type JsonObject, parseObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import type { ObservedResponse } from '../wire/types.ts'
import { readMessage } from './readers/anthropic-message.ts'
import { addUpResults } from './readers/batch-results.ts'
import { readError, readFailure } from './readers/errors.ts'
import { known } from './readers/known.ts'
import type { ApiFlavor, GenAiResponse } from './types.ts'

/**
 * https://platform.claude.com/docs/en/api/creating-message-batches. Creating a batch makes no inference yet; what each of
 * its messages used stands in the results, and is reported by the call that fetches them.
 */
export const anthropicMessageBatches: ApiFlavor = {
  name: 'anthropic-message-batches',
  provider: 'anthropic',
  endings: ['batches', 'results'],
  matches: ({ method, path }) =>
    method === 'POST'
      ? path.endsWith('/v1/messages/batches')
      : method === 'GET' && path.endsWith('/results') && path.includes('/v1/messages/batches/'),
  readRequest: (request) => ({
    operation: request.method === 'POST' ? 'create_batch' : 'fetch_batch_results',
    batch: true,
  }),
  readResponse(response, request) {
    if (request.operation === 'fetch_batch_results' && response.status < 400) return readResults(response)
    const document = readDocument(response.body, ['id', 'processing_status'])
    if (document === undefined || response.status >= 400) return readFailure(response, document)
    return known<GenAiResponse>({
      id: asName(document.id),
      status: asName(document.processing_status),
      error: readError(response, document),
    })
  },
}

/** One result a line. The sum of a part of them would be a wrong number: where not all are held, there is none. */
function readResults(response: ObservedResponse): GenAiResponse {
  const whole = response.body.ended ? wholeOf(response.body) : undefined
  if (whole === undefined) return { unreadable: true }
  const messages = whole
    .toString('utf8')
    .split('\n')
    .flatMap((line): JsonObject[] => {
      const message = asObject(asObject(parseObject(line)?.result)?.message)
      return message === undefined ? [] : [message]
    })
  return addUpResults(messages.map((message) => readMessage(response, message)))
}
