import { isWithin } from '../providers/hosts.ts'
import { asCount, asName, asNumber, asObject } from '../wire/json.ts'
import type { RequestHead } from '../wire/types.ts'
import { asFetched, readFetch } from './readers/fetched.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readDeclaredCost } from './readers/openai-usage.ts'
import type { ApiFlavor } from './types.ts'

/**
 * Fetches a video that openai-videos has requested, where its cost is only known then: OpenRouter's,
 * https://openrouter.ai/docs/api, xAI's, https://docs.x.ai/docs/guides/video-generations, and Together's,
 * https://docs.together.ai/reference/get-videos-id.
 */
export const videosRetrieve: ApiFlavor = {
  name: 'videos-retrieve',
  provider: 'openrouter',
  endpoints: [
    'GET openrouter.ai/api/v1/videos/{video}',
    'GET *.api.x.ai/v1/videos/{video}',
    'GET *together*/v2/videos/{video}',
  ],
  accepts: ({ path }) => path !== '/api/v1/videos/models',
  readRequest: readFetch,
  readResponse: (response) =>
    asFetched(
      readJsonAnswer(response, ['usage', 'status', 'id', 'outputs', 'video'], (document) => {
        const outputs = asObject(document.outputs)
        const seconds = asNumber(asObject(document.video)?.duration) ?? (outputs && asCount(document.seconds))
        return {
          id: asName(document.id),
          model: asName(document.model),
          status: asName(document.status),
          usage: { seconds },
          declaredCost: readDeclaredCost(response, document.usage ?? outputs),
        }
      }),
    ),
}

/** Whether the cost of a video is known when it is fetched, not when it is requested. */
export function isBilledWhenFetched({ host, path }: RequestHead): boolean {
  return host === 'openrouter.ai' || isWithin(host, 'api.x.ai') || isOfTogether(host, path)
}

function isOfTogether(host: string, path: string): boolean {
  return host.includes('together') && path.startsWith('/v2/videos')
}
