import { asName, asNames, asObject, type JsonObject, objectsIn } from '../wire/json.ts'
import { readDocument, readEdges } from '../wire/json-document.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { readOpenAiUsage } from './readers/openai-usage.ts'
import { lastSegment, segmentAfter } from './readers/paths.ts'
import type { ApiFlavor } from './types.ts'

const MODELS = '/einstein/platform/v1/models/'

/** By the end of the path. */
const OPERATIONS: Readonly<Record<string, string>> = {
  'chat-generations': 'chat',
  generations: 'text_completion',
  embeddings: 'embeddings',
}

/** https://developer.salesforce.com/docs/ai/agentforce/guide/access-models-api-with-rest.html: the path names the model. */
export const salesforceModels: ApiFlavor = {
  name: 'salesforce-models',
  provider: 'salesforce',
  endpoints: Object.keys(OPERATIONS).map((task) => `POST ${MODELS}{model...}/${task}`),
  readRequest({ path }) {
    return {
      operation: OPERATIONS[lastSegment(path)] ?? 'chat',
      model: segmentAfter(path, MODELS),
    }
  },
  readResponse(response, { operation }) {
    const read = operation === 'embeddings' ? readEdges : readDocument
    return readAnswerIn(
      response,
      read(response.body, ['parameters', 'generationDetails', 'id']),
      (document) => {
        const details = asObject(document.generationDetails) ?? document
        const parameters = asObject(details.parameters) ?? {}
        const model = asName(parameters.model)
        return {
          id: asName(document.id),
          model,
          finishReasons: finishReasonsOf(details),
          usage: readOpenAiUsage(parameters.usage, model),
        }
      },
    )
  },
}

function finishReasonsOf({ generation, generations }: JsonObject): string[] | undefined {
  return asNames(
    objectsIn(generations ?? [generation]).map(({ parameters }) => asObject(parameters)?.finish_reason),
  )
}
