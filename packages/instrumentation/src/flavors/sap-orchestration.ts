import { openEventStream } from '../wire/event-stream.ts'
import { asBoolean, asName, asObject, type JsonObject, objectsIn } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { known } from './readers/known.ts'
import { readCompletion } from './readers/openai-choices.ts'
import { readSamplingParameters } from './readers/openai-request.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse } from './types.ts'

/** After the chunk with the finish reason comes at most one with the usage. */
const LAST_EVENTS = 8

/**
 * https://help.sap.com/docs/sap-ai-core/generative-ai/orchestration: a model together with SAP's templates, filters and
 * grounding, in either version. The request names the model in the configuration of its module; the answer has an
 * OpenAI chat completion beside the results of other modules.
 */
export const sapOrchestration: ApiFlavor = {
  name: 'sap-orchestration',
  provider: 'sap_ai_core',
  // Other paths of a deployment are those of the model's own API.
  endpoints: [
    'POST /inference/deployments/{deployment...}/completion',
    'POST /inference/deployments/{deployment...}/v2/embeddings',
  ],
  readRequest(request) {
    const body = readRequestMembers(request) ?? {}
    const config = asObject(body.config) ?? asObject(body.orchestration_config) ?? {}
    return {
      ...readModel(config),
      operation: request.path.endsWith('embeddings') ? 'embeddings' : 'chat',
      ...known<Partial<GenAiRequest>>({
        stream: asBoolean(asObject(config.stream)?.enabled) ?? asBoolean(config.stream),
      }),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events === undefined) {
      const document = readDocument(response.body, ['final_result', 'orchestration_result'])
      if (isFailure(response, document)) return readFailure(response, document)
      return { ...readCompletion(response, resultOf(document)), ...errorOf(readError(response, document)) }
    }
    let read: GenAiResponse = {}
    for (const event of atMost(LAST_EVENTS, events.backward())) {
      const chunk = event.json()
      if (chunk === undefined) continue
      read = { ...readCompletion(response, resultOf(chunk)), ...errorOf(readError(response, chunk)), ...read }
    }
    return read
  },
}

/** If there are several configurations, the first is tried first. */
function readModel(config: JsonObject): Partial<GenAiRequest> {
  const modules = asObject(config.modules) ?? objectsIn(config.modules)[0] ?? {}
  const first = asObject(asObject(config.module_configurations)?.llm_module_config)
  const model =
    asObject(asObject(modules.prompt_templating)?.model) ?? asObject(asObject(modules.embeddings)?.model)
  const parameters = asObject(model?.params) ?? asObject(first?.model_params) ?? {}
  return {
    ...readSamplingParameters(parameters),
    ...known<Partial<GenAiRequest>>({ model: asName(model?.name) ?? asName(first?.model_name) }),
  }
}

function resultOf(document: JsonObject): JsonObject {
  return asObject(document.final_result) ?? asObject(document.orchestration_result) ?? {}
}

function errorOf(error: GenAiResponse['error']): GenAiResponse {
  return error === undefined ? {} : { error }
}
