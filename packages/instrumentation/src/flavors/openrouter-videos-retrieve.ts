import { asName } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { asFetched, readFetch } from './readers/fetched.ts'
import { known } from './readers/known.ts'
import { readDeclaredCost } from './readers/openai-usage.ts'
import { endsOneAfter } from './readers/paths.ts'
import type { ApiFlavor, GenAiResponse } from './types.ts'

const PATH = '/api/v1/videos/'

/** Fetching a video that openai-videos has asked OpenRouter for, whose cost is known then: https://openrouter.ai/docs/api */
export const openrouterVideosRetrieve: ApiFlavor = {
  name: 'openrouter-videos-retrieve',
  provider: 'openrouter',
  markers: [PATH],
  matches: ({ method, host, path }) =>
    method === 'GET' &&
    host === 'openrouter.ai' &&
    path.startsWith(PATH) &&
    path !== '/api/v1/videos/models' &&
    endsOneAfter(path, PATH),
  readRequest: (request) => readFetch(request, PATH),
  readResponse(response) {
    const document = readDocument(response.body, ['usage', 'status', 'id'])
    if (isFailure(response, document)) return readFailure(response, document)
    return asFetched(
      known<GenAiResponse>({
        id: asName(document.id),
        status: asName(document.status),
        declaredCost: readDeclaredCost(response, document.usage),
        error: readError(response, document),
      }),
    )
  },
}
