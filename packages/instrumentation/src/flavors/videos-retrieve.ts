import { isWithin } from '../providers/hosts.ts'
import { asCount, asName, asNumber, asObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import type { RequestHead } from '../wire/types.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { asFetched, readFetch } from './readers/fetched.ts'
import { known } from './readers/known.ts'
import { readDeclaredCost } from './readers/openai-usage.ts'
import { endsOneAfter } from './readers/paths.ts'
import type { ApiFlavor, GenAiResponse } from './types.ts'

const PATH = '/videos/'

/**
 * Fetches a video that openai-videos has requested, where its cost is only known then: OpenRouter's,
 * https://openrouter.ai/docs/api, xAI's, https://docs.x.ai/docs/guides/video-generations, and Together's,
 * https://docs.together.ai/reference/get-videos-id.
 */
export const videosRetrieve: ApiFlavor = {
  name: 'videos-retrieve',
  provider: 'openrouter',
  markers: [PATH],
  matches: (request) =>
    request.method === 'GET' && isOfPathAndHost(request) && endsOneAfter(request.path, PATH),
  readRequest: (request) => readFetch(request, PATH),
  readResponse(response) {
    const document = readDocument(response.body, ['usage', 'status', 'id', 'outputs', 'video'])
    if (isFailure(response, document)) return readFailure(response, document)
    const outputs = asObject(document.outputs)
    const seconds = asNumber(asObject(document.video)?.duration) ?? (outputs && asCount(document.seconds))
    return asFetched(
      known<GenAiResponse>({
        id: asName(document.id),
        model: asName(document.model),
        status: asName(document.status),
        usage: seconds === undefined ? undefined : { seconds },
        declaredCost: readDeclaredCost(response, document.usage ?? outputs),
        error: readError(response, document),
      }),
    )
  },
}

/** Whether the cost of a video is known when it is fetched, not when it is requested. */
export function isBilledWhenFetched({ host, path }: RequestHead): boolean {
  return host === 'openrouter.ai' || isWithin(host, 'api.x.ai') || isOfTogether(host, path)
}

function isOfPathAndHost({ host, path }: RequestHead): boolean {
  if (host === 'openrouter.ai') return path.startsWith('/api/v1/videos/') && path !== '/api/v1/videos/models'
  return (isWithin(host, 'api.x.ai') && path.startsWith('/v1/videos/')) || isOfTogether(host, path)
}

function isOfTogether(host: string, path: string): boolean {
  return host.includes('together') && path.startsWith('/v2/videos')
}
