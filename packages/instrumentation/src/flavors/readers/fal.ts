import { asName, asNumber, asObject } from '../../wire/json.ts'
import { readDocument } from '../../wire/json-document.ts'
import type { ObservedResponse, RequestHead } from '../../wire/types.ts'
import type { GenAiResponse, GenAiUsage } from '../types.ts'
import { readJsonAnswer } from './json-answer.ts'
import { anyKnown } from './known.ts'
import { decoded } from './paths.ts'

/** Passes requests on to the provider named at the beginning of the path: https://huggingface.co/docs/inference-providers */
const HUGGINGFACE_ROUTER = 'router.huggingface.co'
const PASSED_ON = '/fal-ai/'

/** The model, which is the path. */
export function falModelOf({ host, path }: RequestHead): string | undefined {
  return decoded(path.slice(host === HUGGINGFACE_ROUTER ? PASSED_ON.length : 1))
}

/** Whether the request goes to the queue, to be carried out later. */
export function isFalQueue({ host, query }: RequestHead): boolean {
  return host === 'queue.fal.run' || (host === HUGGINGFACE_ROUTER && query.includes('_subdomain=queue'))
}

/** What a model has made, which is counted here, or the queue's ticket, which states no usage. */
export function readFalAnswer(response: ObservedResponse): GenAiResponse {
  return readJsonAnswer(
    response,
    readDocument(response.body, ['request_id', 'seed', 'usage']),
    (document) => {
      const single = asObject(document.image) === undefined ? undefined : 1
      return {
        id: asName(document.request_id) ?? response.header('x-fal-request-id'),
        usage: anyKnown<GenAiUsage>({
          images: Array.isArray(document.images) ? document.images.length : single,
          seconds: asNumber(asObject(document.audio)?.duration),
        }),
      }
    },
  )
}
