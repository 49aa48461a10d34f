import type { Attributes, AttributeValue } from '@opentelemetry/api'
import type { SemconvVersion } from '../configuration.ts'
import type { GenAiRequest } from '../flavors/types.ts'
import { serverPort } from '../request-head.ts'
import * as semconv from '../semconv.ts'
import type { RequestHead } from '../wire/types.ts'
import { WITHOUT_MODEL } from './operations.ts'

/** `{operation} {model}` */
export function spanName(request: GenAiRequest): string {
  return request.model === undefined || WITHOUT_MODEL.has(request.operation)
    ? request.operation
    : `${request.operation} ${request.model}`
}

/** What samplers may rely on, and what metrics are told apart by. */
export function identifyingAttributes(
  provider: string,
  request: GenAiRequest,
  head: RequestHead,
): Attributes {
  const attributes: Attributes = {
    [semconv.ATTR_OPERATION_NAME]: request.operation,
    [semconv.ATTR_PROVIDER_NAME]: request.provider ?? provider,
    [semconv.ATTR_SERVER_ADDRESS]: head.host,
    [semconv.ATTR_SERVER_PORT]: serverPort(head),
  }
  if (request.model !== undefined) attributes[semconv.ATTR_REQUEST_MODEL] = request.model
  return attributes
}

/** Everything else that the request says, added to `attributes`. Absent parameters give none. */
export function addRequestAttributes(
  attributes: Attributes,
  request: GenAiRequest,
  { flavor, version }: { flavor: string; version: SemconvVersion },
): Attributes {
  const add = (name: string, value: AttributeValue | undefined): void => {
    if (value !== undefined) attributes[name] = value
  }
  add(semconv.ATTR_REQUEST_MAX_TOKENS, request.maxTokens)
  add(semconv.ATTR_REQUEST_TEMPERATURE, request.temperature)
  add(semconv.ATTR_REQUEST_TOP_P, request.topP)
  add(semconv.ATTR_REQUEST_TOP_K, request.topK)
  add(semconv.ATTR_REQUEST_FREQUENCY_PENALTY, request.frequencyPenalty)
  add(semconv.ATTR_REQUEST_PRESENCE_PENALTY, request.presencePenalty)
  add(semconv.ATTR_REQUEST_SEED, request.seed)
  add(semconv.ATTR_REQUEST_STOP_SEQUENCES, request.stopSequences)
  add(semconv.ATTR_REQUEST_ENCODING_FORMATS, request.encodingFormats)
  add(semconv.ATTR_EMBEDDINGS_DIMENSION_COUNT, request.embeddingDimensions)
  add(semconv.ATTR_OUTPUT_TYPE, request.outputType)
  add(semconv.ATTR_AGENT_ID, request.agentId)
  add(semconv.ATTR_CONVERSATION_ID, request.conversationId)
  add(semconv.ATTR_AWS_BEDROCK_GUARDRAIL_ID, request.guardrailId)
  add(semconv.ATTR_AWS_BEDROCK_KNOWLEDGE_BASE_ID, request.knowledgeBaseId)
  add(semconv.ATTR_RESPONSE_ID, request.responseId)
  add(semconv.ATTR_SPANMETER_REQUEST_SERVICE_TIER, request.serviceTier)
  add(semconv.ATTR_SPANMETER_REQUEST_BATCH, request.batch)
  add(semconv.ATTR_SPANMETER_REQUEST_IMAGE_SIZE, request.image?.size)
  add(semconv.ATTR_SPANMETER_REQUEST_IMAGE_QUALITY, request.image?.quality)
  add(semconv.ATTR_SPANMETER_REQUEST_SEARCH_CONTEXT_SIZE, request.searchContextSize)
  if (attributes[semconv.ATTR_PROVIDER_NAME] === 'azure.ai.inference')
    attributes[semconv.ATTR_AZURE_RESOURCE_PROVIDER_NAMESPACE] = 'Microsoft.CognitiveServices'
  if (request.stream === true) attributes[semconv.ATTR_REQUEST_STREAM] = true
  if (request.choiceCount !== 1) add(semconv.ATTR_REQUEST_CHOICE_COUNT, request.choiceCount)
  if (flavor === 'openai-chat-completions') attributes[semconv.ATTR_OPENAI_API_TYPE] = 'chat_completions'
  if (flavor.startsWith('openai-responses')) attributes[semconv.ATTR_OPENAI_API_TYPE] = 'responses'
  // "If the request includes a service_tier and the value is not 'auto'."
  if (flavor.startsWith('openai-') && request.serviceTier !== 'auto')
    add(semconv.ATTR_OPENAI_REQUEST_SERVICE_TIER, request.serviceTier)
  if (version === 'dev') {
    add(semconv.ATTR_REQUEST_REASONING_LEVEL, request.reasoningEffort)
    add(semconv.ATTR_REQUEST_PREVIOUS_RESPONSE_ID, request.previousResponseId)
    add(semconv.ATTR_REQUEST_STREAM_CURSOR, request.streamCursor)
    add(semconv.ATTR_PROMPT_NAME, request.promptName)
    add(semconv.ATTR_PROMPT_VERSION, request.promptVersion)
  }
  return attributes
}
