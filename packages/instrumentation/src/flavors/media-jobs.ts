import { asName, asObject } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { decoded } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** What comes before the model in a path. */
const BEFORE_MODEL = /^.*?\/(v3\/async|v3\/hf|api\/v3)\//

/** Members of a model's input: other requests to such paths upload files. */
const INPUTS = ['prompt', 'prompts', 'image', 'images', 'video', 'audio', 'text', 'request']

/**
 * Images, videos and sounds that are made later, where the path is the model:
 * https://novita.ai/docs/api-reference/model-apis-task-result and https://wavespeed.ai/docs. Their cost isn't stated.
 */
export const mediaJobs: ApiFlavor = {
  name: 'media-jobs',
  provider: 'novita',
  endpoints: [
    'POST *.novita.ai/v3/async/{model...}',
    'POST *.novita.ai/v3/hf/{model...}',
    'POST *.wavespeed.ai/api/v3/{model...}',
    'POST router.huggingface.co/novita/v3/async/{model...}',
    'POST router.huggingface.co/novita/v3/hf/{model...}',
    'POST router.huggingface.co/wavespeed/api/v3/{model...}',
  ],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body !== undefined && !INPUTS.some((name) => name in body)) return undefined
    return {
      operation: 'generate_content',
      background: true,
      model: decoded(request.path.replace(BEFORE_MODEL, '')),
    }
  },
  readResponse: (response) =>
    readJsonAnswer(response, ['task_id', 'data'], (document) => {
      const data = asObject(document.data)
      return {
        id: asName(document.task_id) ?? asName(data?.id),
        status: asName(data?.status),
      }
    }),
}
