import { openEventStream } from '../wire/event-stream.ts'
import { asName, type JsonObject } from '../wire/json.ts'
import { readDocument, readEdges } from '../wire/json-document.ts'
import { readCompletion, readCompletionStream } from './readers/openai-choices.ts'
import { readSamplingParameters, readStreamUsageRequested } from './readers/openai-request.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/**
 * Endpoints that serve a model of the user's choice, https://docs.databricks.com/aws/en/machine-learning/model-serving and
 * SageMaker's: bodies are OpenAI's, the path doesn't say of which of its APIs.
 */
export const modelInvocations: ApiFlavor = {
  name: 'model-invocations',
  provider: 'openai',
  matches: ({ method, path }) =>
    method === 'POST' && path.endsWith('/invocations') && path.includes('endpoints/'),
  readRequest(request) {
    const body = readRequestMembers(request)
    const operation = body && operationOf(body)
    if (operation === undefined) return undefined
    const model =
      segmentAfter(request.path, '/serving-endpoints/') ??
      segmentAfter(request.path, '/endpoints/') ??
      asName(body?.model)
    return {
      operation,
      ...(body && { ...readSamplingParameters(body), ...readStreamUsageRequested(body) }),
      ...(model !== undefined && { model }),
    }
  },
  readResponse(response, { operation }) {
    const events = openEventStream(response)
    if (events !== undefined) return readCompletionStream(response, events)
    const read = operation === 'embeddings' ? readEdges : readDocument
    return readCompletion(response, read(response.body, ['usage', 'model', 'id']))
  },
}

function operationOf(body: JsonObject): string | undefined {
  if ('messages' in body) return 'chat'
  if ('prompt' in body || 'inputs' in body) return 'text_completion'
  return 'input' in body ? 'embeddings' : undefined
}
