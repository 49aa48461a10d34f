import { asCount, asName, asObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { readBatchRequest } from './readers/batch-request.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { anyKnown, known } from './readers/known.ts'
import type { ApiFlavor, GenAiResponse, GenAiUsage } from './types.ts'

/**
 * https://docs.fireworks.ai/guides/batch-inference. Creating a batch makes no inference yet. Its usage is in the job
 * once that is completed, and is reported by the call that fetches it then.
 */
export const fireworksBatches: ApiFlavor = {
  name: 'fireworks-batches',
  provider: 'fireworks_ai',
  endpoints: ['POST /batchInferenceJobs', 'GET /batchInferenceJobs/{job}'],
  readRequest: (request) => readBatchRequest(request),
  readResponse(response) {
    const document = readDocument(response.body, ['state', 'jobProgress'])
    if (isFailure(response, document)) return readFailure(response, document)
    const progress = document.state === 'JOB_STATE_COMPLETED' ? asObject(document.jobProgress) : undefined
    return known<GenAiResponse>({
      id: asName(document.name),
      model: asName(document.model),
      status: asName(document.state),
      usage: anyKnown<GenAiUsage>({
        inputTokens: asCount(progress?.inputTokens),
        cacheReadTokens: asCount(progress?.cachedInputTokenCount),
        outputTokens: asCount(progress?.outputTokens),
      }),
      error: readError(response, document),
    })
  },
}
