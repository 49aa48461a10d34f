import { asCount, asName, asObject } from '../wire/json.ts'
import { readNearEdge } from '../wire/json-document.ts'
import type { ObservedRequest } from '../wire/types.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_StartAsyncInvoke.html: videos and embeddings that
 * are made later, into a bucket. A video is billed by its length, which the request states.
 */
export const bedrockAsyncInvoke: ApiFlavor = {
  name: 'bedrock-async-invoke',
  provider: 'aws.bedrock',
  endpoints: ['POST /async-invoke'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body === undefined || !('modelInput' in body)) return undefined
    const model = asName(body.modelId)
    return {
      operation: model?.includes('embed') ? 'embeddings' : 'generate_content',
      background: true,
      model,
      seconds: secondsOf(asObject(body.modelInput)) ?? secondsBehindImage(request),
    }
  },
  readResponse: (response, { seconds }) =>
    readJsonAnswer(response, ['invocationArn'], (document) => ({
      id: asName(document.invocationArn),
      usage: { seconds },
    })),
}

/** Nova Reel's `modelInput.videoGenerationConfig`, after an image too long to be held. */
function secondsBehindImage({ body }: ObservedRequest): number | undefined {
  return body && asCount(readNearEdge(body, 'durationSeconds', 3))
}

/** Nova Reel's `videoGenerationConfig`, and Luma's `"5s"`. */
function secondsOf(input: Record<string, unknown> | undefined): number | undefined {
  const stated = asObject(input?.videoGenerationConfig)?.durationSeconds ?? input?.duration
  const seconds = typeof stated === 'string' ? Number.parseFloat(stated) : stated
  return typeof seconds === 'number' && seconds > 0 ? seconds : undefined
}
