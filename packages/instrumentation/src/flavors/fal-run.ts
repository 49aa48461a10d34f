import { asName, asNumber, asObject } from '../wire/json.ts'
import type { RequestHead } from '../wire/types.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { decoded } from './readers/paths.ts'
import type { ApiFlavor } from './types.ts'

/** Passes requests on to the provider named at the beginning of the path: https://huggingface.co/docs/inference-providers */
const HUGGINGFACE_ROUTER = 'router.huggingface.co'
const PASSED_ON = '/fal-ai/'

/**
 * https://docs.fal.ai/model-apis/model-endpoints: the path is the model. The answer holds what it made or, if the
 * request goes to the queue, a ticket to fetch it later.
 */
export const falRun: ApiFlavor = {
  name: 'fal-run',
  provider: 'fal_ai',
  endpoints: [
    'POST fal.run/{model}{path...}',
    'POST queue.fal.run/{model}{path...}',
    'POST router.huggingface.co/fal-ai/{model}{path...}',
  ],
  // OpenRouter's models speak OpenAI's APIs.
  accepts: ({ path }) => !path.includes('/openai/v1/'),
  readRequest: (request) => ({
    operation: 'generate_content',
    model: decoded(request.path.slice(request.host === HUGGINGFACE_ROUTER ? PASSED_ON.length : 1)),
    background: isFalQueue(request) ? true : undefined,
  }),
  readResponse: (response) =>
    readJsonAnswer(response, ['request_id', 'seed', 'usage'], (document) => {
      const single = asObject(document.image) === undefined ? undefined : 1
      return {
        id: asName(document.request_id) ?? response.header('x-fal-request-id'),
        usage: {
          images: Array.isArray(document.images) ? document.images.length : single,
          seconds: asNumber(asObject(document.audio)?.duration),
        },
      }
    }),
}

/** Whether the request goes to the queue, to be carried out later. */
export function isFalQueue({ host, query }: RequestHead): boolean {
  return host === 'queue.fal.run' || (host === HUGGINGFACE_ROUTER && query.includes('_subdomain=queue'))
}
