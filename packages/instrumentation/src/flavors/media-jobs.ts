import { HUGGINGFACE_ROUTER, isWithin } from '../providers/hosts.ts'
import { asName, asObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import type { RequestHead } from '../wire/types.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { known } from './readers/known.ts'
import { decoded } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse } from './types.ts'

/** By domain: the path before the model, and what Hugging Face's router has before that. */
const JOBS = [
  { domain: 'novita.ai', before: '/v3/async/', routed: '/novita' },
  { domain: 'novita.ai', before: '/v3/hf/', routed: '/novita' },
  { domain: 'wavespeed.ai', before: '/api/v3/', routed: '/wavespeed' },
]

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
      ...known<Partial<GenAiRequest>>({ model: modelOf(request) }),
    }
  },
  readResponse(response) {
    const document = readDocument(response.body, ['task_id', 'data'])
    if (isFailure(response, document)) return readFailure(response, document)
    const data = asObject(document.data)
    return known<GenAiResponse>({
      id: asName(document.task_id) ?? asName(data?.id),
      status: asName(data?.status),
      error: readError(response, document),
    })
  },
}

function modelOf({ host, path }: RequestHead): string | undefined {
  for (const { domain, before, routed } of JOBS) {
    const start = host === HUGGINGFACE_ROUTER ? routed + before : before
    if ((host === HUGGINGFACE_ROUTER || isWithin(host, domain)) && path.startsWith(start))
      return decoded(path.slice(start.length))
  }
  return undefined
}
