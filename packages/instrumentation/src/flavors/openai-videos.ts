import { asCount, asName, asNumber, asObject } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readMembersOrFields } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'
import { isBilledWhenFetched } from './videos-retrieve.ts'

/**
 * https://platform.openai.com/docs/api-reference/videos, xAI's and Together's too: a video is made later, but is billed
 * by its length, which is known when it is requested. With some providers, the cost is only known when it is fetched.
 */
export const openaiVideos: ApiFlavor = {
  name: 'openai-videos',
  provider: 'openai',
  endpoints: [
    'POST /v1/videos',
    // Together's and Eden AI's.
    'POST /v2/videos',
    'POST /v3/videos',
    'POST /videos/generations',
    'POST /videos/edits',
    'POST /videos/extensions',
    // SiliconFlow's.
    'POST /v1/video/submit',
    'POST /videos/{video...}/remix',
  ],
  readRequest(request) {
    const body = readMembersOrFields(request, ['model', 'prompt', 'seconds', 'size', 'resolution'])
    if (!('prompt' in body) || !('model' in body || request.path.includes('/videos/'))) return undefined
    const size = asName(body.size) ?? asName(body.resolution)
    return {
      operation: 'generate_content',
      model: asName(body.model),
      image: size ? { size } : undefined,
      background: isBilledWhenFetched(request) ? true : undefined,
    }
  },
  readResponse: (response, { background }) =>
    readJsonAnswer(response, ['seconds', 'model', 'id', 'status'], (document) => {
      const seconds = asCount(document.seconds) ?? asNumber(asObject(document.video)?.duration)
      return {
        id: asName(document.id) ?? asName(document.request_id) ?? asName(document.requestId),
        model: asName(document.model),
        status: asName(document.status),
        usage: seconds === undefined || background === true ? undefined : { seconds },
      }
    }),
}
