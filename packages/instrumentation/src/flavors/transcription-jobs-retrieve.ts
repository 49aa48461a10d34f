import { asFetched, readFetch } from './readers/fetched.ts'
import { endsOneAfter } from './readers/paths.ts'
import { jobsPathOf, readTranscriptionJob } from './readers/transcription-job.ts'
import type { ApiFlavor } from './types.ts'

/** Fetches what transcription-jobs has started; polled until it is done. */
export const transcriptionJobsRetrieve: ApiFlavor = {
  name: 'transcription-jobs-retrieve',
  provider: 'gladia',
  markers: ['/v2/pre-recorded/', '/speechtotext/v1/jobs/', '/v1/transcriptions/', '/v2/jobs/'],
  matches(request) {
    const path = request.method === 'GET' ? jobsPathOf(request) : undefined
    return path !== undefined && request.path.startsWith(`${path}/`) && endsOneAfter(request.path, `${path}/`)
  },
  readRequest: (request) => readFetch(request, `${jobsPathOf(request)}/`),
  readResponse: (response) => asFetched(readTranscriptionJob(response)),
}
