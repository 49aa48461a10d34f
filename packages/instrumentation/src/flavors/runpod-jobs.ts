import { known } from './readers/known.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRunpodJob } from './readers/runpod-job.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

/** https://docs.runpod.io/serverless/endpoints/operations: runs a job on a user's endpoint, synchronously or later. */
export const runpodJobs: ApiFlavor = {
  name: 'runpod-jobs',
  provider: 'runpod',
  endpoints: ['POST api.runpod.ai/v2/{endpoint}/run', 'POST api.runpod.ai/v2/{endpoint}/runsync'],
  readRequest: ({ path }) =>
    known<GenAiRequest>({
      operation: 'generate_content',
      model: segmentAfter(path, '/v2/'),
      background: path.endsWith('/run') ? true : undefined,
    }),
  readResponse: readRunpodJob,
}
