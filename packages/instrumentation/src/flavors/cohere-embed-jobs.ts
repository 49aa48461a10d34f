import { asName, asObject } from '../wire/json.ts'
import { readBatchRequest } from './readers/batch-request.ts'
import { readCohereUsage } from './readers/cohere-usage.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://docs.cohere.com/reference/create-embed-job: embeddings of a data set, made later. What is billed is in the
 * job once that is complete, and is reported by the call that fetches it then.
 */
export const cohereEmbedJobs: ApiFlavor = {
  name: 'cohere-embed-jobs',
  provider: 'cohere',
  endpoints: ['*.cohere.com', '*.cohere.ai', 'gateway.ai.cloudflare.com/{gateway...}/cohere'].flatMap(
    (host) => [`POST ${host}/v1/embed-jobs`, `GET ${host}/v1/embed-jobs/{job}`],
  ),
  readRequest: (request) => readBatchRequest(request),
  readResponse: (response) =>
    readJsonAnswer(response, ['meta', 'status'], (document) => ({
      id: asName(document.job_id),
      model: asName(document.model),
      status: asName(document.status),
      usage: document.status === 'complete' ? readCohereUsage(asObject(document.meta)) : undefined,
    })),
}
