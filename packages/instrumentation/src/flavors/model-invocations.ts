import { isAwsStream, unframed } from '../wire/aws-event-stream.ts'
import { openEventStream } from '../wire/event-stream.ts'
import { asName, type JsonObject, objectsIn } from '../wire/json.ts'
import { readDocument, readEdges } from '../wire/json-document.ts'
import type { ObservedResponse } from '../wire/types.ts'
import { readOpenAiChatContent } from './content/openai-chat-content.ts'
import { huggingfaceTextGeneration } from './huggingface-text-generation.ts'
import { readCompletion, readCompletionStream } from './readers/openai-choices.ts'
import { readSamplingParameters, readStreamUsageRequested } from './readers/openai-request.ts'
import { readResponseObject } from './readers/openai-response.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse } from './types.ts'

/**
 * Endpoints that serve a model of the user's choice, https://docs.databricks.com/aws/en/machine-learning/model-serving,
 * SageMaker's, and MLflow's gateway
 * (https://mlflow.org/docs/latest/genai/governance/ai-gateway/endpoints/query-endpoints/): bodies are OpenAI's, but the
 * path doesn't say which of its APIs.
 */
export const modelInvocations: ApiFlavor = {
  name: 'model-invocations',
  provider: 'openai',
  endpoints: ['invocations', 'invocations-response-stream'].flatMap((end) => [
    `POST /endpoints/{endpoint...}/${end}`,
    `POST /serving-endpoints/{endpoint...}/${end}`,
    `POST /gateway/{route...}/${end}`,
  ]),
  readRequest(request) {
    const body = readRequestMembers(request)
    const operation = body && operationOf(body)
    if (operation === undefined) return undefined
    const model =
      segmentAfter(request.path, '/serving-endpoints/') ??
      segmentAfter(request.path, '/endpoints/') ??
      segmentAfter(request.path, '/gateway/') ??
      asName(body?.model)
    return {
      operation,
      ...(body && { ...readSamplingParameters(body), ...readStreamUsageRequested(body) }),
      ...(model !== undefined && { model }),
    }
  },
  readResponse(received, request) {
    const response = isAwsStream(received) ? withoutFrames(received) : received
    const read = readOpenAi(response, request)
    // Many of SageMaker's endpoints run Hugging Face's text generation server.
    return request.operation === 'text_completion'
      ? { ...huggingfaceTextGeneration.readResponse(response, request), ...read }
      : read
  },
  readContent: readOpenAiChatContent,
}

function readOpenAi(response: ObservedResponse, { operation }: GenAiRequest): GenAiResponse {
  const events = openEventStream(response)
  if (events !== undefined) return readCompletionStream(response, events)
  const read = operation === 'embeddings' ? readEdges : readDocument
  const document = read(response.body, ['usage', 'model', 'id'])
  return document?.object === 'response'
    ? readResponseObject(response, document)
    : readCompletion(response, document)
}

function withoutFrames(response: ObservedResponse): ObservedResponse {
  const header: ObservedResponse['header'] = (name) =>
    name === 'content-type' ? undefined : response.header(name)
  return { status: response.status, header, body: unframed(response.body) }
}

function operationOf(body: JsonObject): string | undefined {
  if ('messages' in body) return 'chat'
  if ('prompt' in body) return 'text_completion'
  // A text, possibly too long to be held. Lists and objects of numbers are for models of other kinds.
  if ('inputs' in body && typeof (body.inputs ?? '') === 'string') return 'text_completion'
  // An agent is called as in the Responses API,
  // https://docs.databricks.com/aws/en/generative-ai/agent-framework/query-agent
  if (objectsIn(body.input).length > 0) return 'chat'
  return 'input' in body ? 'embeddings' : undefined
}
