import { asBuffer } from '../wire/bytes.ts'
import { asName, asNumber, asObject, type JsonObject } from '../wire/json.ts'
import { leadingMembers } from '../wire/json-members.ts'
import type { ObservedResponse } from '../wire/types.ts'
import { inDollars } from './readers/declared-cost.ts'
import { readError, readFailure } from './readers/errors.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://docs.prodia.com/api-reference: the type of a job is its model. The answer is the image itself, or a form
 * whose first part states the cost, if requested.
 */
export const prodiaJobs: ApiFlavor = {
  name: 'prodia-jobs',
  provider: 'prodia',
  endpoints: ['POST inference.prodia.com/v2/job'],
  readRequest(request) {
    const model = asName(readRequestMembers(request)?.type)
    return {
      operation: 'generate_content',
      model,
      outputType: model?.includes('2img') ? 'image' : undefined,
    }
  },
  readResponse(response, { outputType }) {
    const job = readJob(response)
    if (response.status >= 400) return readFailure(response, job)
    return {
      id: asName(job?.id),
      usage: outputType === 'image' ? { images: 1 } : undefined,
      declaredCost: inDollars(asNumber(asObject(job?.price)?.dollars)),
      error: readError(response, job),
    }
  },
}

function readJob({ body }: ObservedResponse): JsonObject | undefined {
  const head = asBuffer(body.head)
  const start = head.indexOf('{')
  return start === -1 ? undefined : leadingMembers(head.subarray(start))
}
