import { asCount, asName, asObject } from '../wire/json.ts'
import { readError } from './readers/errors.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://platform.minimax.io/docs/api-reference/image-generation-t2i, and video-generation-t2v: a video is made later,
 * but what is billed is known when it is requested.
 */
export const minimaxMedia: ApiFlavor = {
  name: 'minimax-media',
  provider: 'minimax',
  endpoints: ['minimax.io', 'minimaxi.com', 'minimax.cn', 'minimax.chat'].flatMap((domain) => [
    `POST *.${domain}/v{version}/image_generation`,
    `POST *.${domain}/v{version}/video_generation`,
  ]),
  readRequest(request) {
    const body = readRequestMembers(request, ['duration', 'n']) ?? {}
    const isImage = request.path.endsWith('/image_generation')
    return {
      operation: 'generate_content',
      ...(isImage ? { outputType: 'image' } : { background: true }),
      model: asName(body.model),
      choiceCount: isImage ? asCount(body.n) : undefined,
      seconds: isImage ? undefined : asCount(body.duration),
    }
  },
  readResponse: (response, { outputType, seconds, choiceCount = 1 }) =>
    readJsonAnswer(response, ['id', 'task_id', 'metadata', 'base_resp'], (document) => {
      const made = asCount(asObject(document.metadata)?.success_count) ?? choiceCount
      const failed = readError(response, document) !== undefined
      return {
        id: asName(document.id) ?? asName(document.task_id),
        usage: failed ? undefined : { seconds, images: outputType === 'image' ? made : undefined },
      }
    }),
}
