import { asName, asNumber } from '../wire/json.ts'
import { inDollars } from './readers/declared-cost.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** A credit is a cent, https://docs.bfl.ai/quick_start/pricing. */
const CREDITS_PER_USD = 100

/**
 * https://docs.bfl.ai: the path is the model. The image is fetched later, but its cost is stated when it is requested.
 */
export const blackForestLabs: ApiFlavor = {
  name: 'black-forest-labs',
  provider: 'black_forest_labs',
  endpoints: [
    'POST *.bfl.ai/v1/flux{model...}',
    'POST router.huggingface.co/black-forest-labs/v1/flux{model...}',
  ],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body !== undefined && !('prompt' in body || 'image' in body)) return undefined
    return {
      operation: 'generate_content',
      outputType: 'image',
      model: segmentAfter(request.path, '/v1/'),
    }
  },
  readResponse: (response) =>
    readJsonAnswer(response, ['id', 'cost'], (document) => {
      const credits = asNumber(document.cost)
      return {
        id: asName(document.id),
        usage: { images: 1 },
        declaredCost: inDollars(credits && credits / CREDITS_PER_USD),
      }
    }),
}
