import { asName } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://docs.lumalabs.ai/reference: an image or a video that is made later. What is billed, such as the length of a
 * video, is known when it is requested.
 */
export const lumaGenerations: ApiFlavor = {
  name: 'luma-generations',
  provider: 'luma',
  endpoints: [
    'POST api.lumalabs.ai/dream-machine/v1/generations',
    'POST api.lumalabs.ai/dream-machine/v1/generations/image',
    'POST api.lumalabs.ai/dream-machine/v1/generations/image/reframe',
    'POST api.lumalabs.ai/dream-machine/v1/generations/video',
    'POST api.lumalabs.ai/dream-machine/v1/generations/video/modify',
    'POST api.lumalabs.ai/dream-machine/v1/generations/video/reframe',
  ],
  readRequest(request) {
    const body = readRequestMembers(request) ?? {}
    return {
      operation: 'generate_content',
      background: true,
      model: asName(body.model),
      outputType: request.path.includes('/image') ? 'image' : undefined,
      seconds: secondsOf(body.duration),
    }
  },
  readResponse: (response, { outputType, seconds }) =>
    readJsonAnswer(response, ['id', 'state'], (document) => ({
      id: asName(document.id),
      model: asName(document.model),
      status: asName(document.state),
      usage: { seconds, images: outputType === 'image' ? 1 : undefined },
    })),
}

/** `"5s"` */
function secondsOf(duration: unknown): number | undefined {
  const digits = typeof duration === 'string' ? /^(\d+)s$/.exec(duration)?.[1] : undefined
  return digits === undefined ? undefined : Number(digits)
}
