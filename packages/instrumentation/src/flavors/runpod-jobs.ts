import { asName, asNumber, asObject } from '../wire/json.ts'
import { inDollars } from './readers/declared-cost.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { segmentAfter } from './readers/paths.ts'
import type { ApiFlavor } from './types.ts'

/** https://docs.runpod.io/serverless/endpoints/operations: runs a job on a user's endpoint, synchronously or later. */
export const runpodJobs: ApiFlavor = {
  name: 'runpod-jobs',
  provider: 'runpod',
  endpoints: ['POST api.runpod.ai/v2/{endpoint}/run', 'POST api.runpod.ai/v2/{endpoint}/runsync'],
  readRequest: ({ path }) => ({
    operation: 'generate_content',
    model: segmentAfter(path, '/v2/'),
    background: path.endsWith('/run') ? true : undefined,
  }),
  readResponse: (response) =>
    readJsonAnswer(response, ['id', 'status', 'error'], (document) => ({
      id: asName(document.id),
      status: asName(document.status),
      // Jobs of public endpoints state their cost.
      declaredCost: inDollars(asNumber(asObject(document.output)?.cost)),
    })),
}
