import { asName, asNumber, asObject } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** The sources from which videos are made. */
const SOURCES = ['text2video', 'image2video', 'multi-image2video', 'omni-video', 'motion-control']

/** https://app.klingai.com/global/dev/document-api: a video that is made later, billed by the requested length. */
export const klingVideos: ApiFlavor = {
  name: 'kling-videos',
  provider: 'kling',
  endpoints: SOURCES.map((source) => `POST *.klingai.com/v1/videos/${source}`),
  readRequest(request) {
    const body = readRequestMembers(request, ['model_name', 'duration']) ?? {}
    return {
      operation: 'generate_content',
      background: true,
      model: asName(body.model_name),
      // A string; five seconds by default.
      seconds: asNumber(Number(body.duration ?? 5)),
    }
  },
  readResponse: (response, { seconds }) =>
    readJsonAnswer(response, ['data', 'code'], (document) => {
      const task = asObject(document.data)
      return {
        id: asName(task?.task_id),
        status: asName(task?.task_status),
        usage: task && { seconds },
      }
    }),
}
