import { asCount, asName, asObject } from '../wire/json.ts'
import { readBatchRequest } from './readers/batch-request.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://docs.fireworks.ai/guides/batch-inference. Creating a batch makes no inference yet. Its usage is in the job
 * once that is completed, and is reported by the call that fetches it then.
 */
export const fireworksBatches: ApiFlavor = {
  name: 'fireworks-batches',
  provider: 'fireworks_ai',
  endpoints: ['POST /batchInferenceJobs', 'GET /batchInferenceJobs/{job}'],
  readRequest: (request) => readBatchRequest(request),
  readResponse: (response) =>
    readJsonAnswer(response, ['state', 'jobProgress'], (document) => {
      const progress = document.state === 'JOB_STATE_COMPLETED' ? asObject(document.jobProgress) : undefined
      return {
        id: asName(document.name),
        model: asName(document.model),
        status: asName(document.state),
        usage: {
          inputTokens: asCount(progress?.inputTokens),
          cacheReadTokens: asCount(progress?.cachedInputTokenCount),
          outputTokens: asCount(progress?.outputTokens),
        },
      }
    }),
}
