/**
 * Every attribute, metric and event name that this package reads or writes.
 * `gen_ai.*`, `server.*`, `error.type`: https://github.com/open-telemetry/semantic-conventions-genai
 */
export const ATTR_ERROR_TYPE = 'error.type'
export const ATTR_HTTP_RESPONSE_STATUS_CODE = 'http.response.status_code'
export const ATTR_HTTP_ROUTE = 'http.route'
/** Of Next.js, from the span of a handler on. */
export const ATTR_NEXT_ROUTE = 'next.route'
export const ATTR_SERVER_ADDRESS = 'server.address'
export const ATTR_SERVER_PORT = 'server.port'

export const ATTR_OPERATION_NAME = 'gen_ai.operation.name'
export const ATTR_PROVIDER_NAME = 'gen_ai.provider.name'
/** Replaced by `gen_ai.provider.name`; still what older instrumentations open their spans with. */
export const ATTR_SYSTEM = 'gen_ai.system'
export const ATTR_AGENT_ID = 'gen_ai.agent.id'
export const ATTR_CONVERSATION_ID = 'gen_ai.conversation.id'
/** Only in the conventions' development version. */
export const ATTR_CONVERSATION_COMPACTED = 'gen_ai.conversation.compacted'
export const ATTR_OUTPUT_TYPE = 'gen_ai.output.type'
/** Only in the conventions' development version. */
export const ATTR_PROMPT_NAME = 'gen_ai.prompt.name'
/** Only in the conventions' development version. */
export const ATTR_PROMPT_VERSION = 'gen_ai.prompt.version'
export const ATTR_REQUEST_MODEL = 'gen_ai.request.model'
export const ATTR_REQUEST_CHOICE_COUNT = 'gen_ai.request.choice.count'
export const ATTR_REQUEST_MAX_TOKENS = 'gen_ai.request.max_tokens'
export const ATTR_REQUEST_TEMPERATURE = 'gen_ai.request.temperature'
export const ATTR_REQUEST_TOP_P = 'gen_ai.request.top_p'
export const ATTR_REQUEST_TOP_K = 'gen_ai.request.top_k'
export const ATTR_REQUEST_FREQUENCY_PENALTY = 'gen_ai.request.frequency_penalty'
export const ATTR_REQUEST_PRESENCE_PENALTY = 'gen_ai.request.presence_penalty'
export const ATTR_REQUEST_SEED = 'gen_ai.request.seed'
export const ATTR_REQUEST_STOP_SEQUENCES = 'gen_ai.request.stop_sequences'
export const ATTR_REQUEST_ENCODING_FORMATS = 'gen_ai.request.encoding_formats'
export const ATTR_REQUEST_STREAM = 'gen_ai.request.stream'
/** Only in the conventions' development version. */
export const ATTR_REQUEST_REASONING_LEVEL = 'gen_ai.request.reasoning.level'
/** Only in the conventions' development version. */
export const ATTR_REQUEST_PREVIOUS_RESPONSE_ID = 'gen_ai.request.previous_response.id'
/** Only in the conventions' development version. */
export const ATTR_REQUEST_STREAM_CURSOR = 'gen_ai.request.stream_cursor'
export const ATTR_EMBEDDINGS_DIMENSION_COUNT = 'gen_ai.embeddings.dimension.count'
export const ATTR_RESPONSE_ID = 'gen_ai.response.id'
export const ATTR_RESPONSE_MODEL = 'gen_ai.response.model'
export const ATTR_RESPONSE_FINISH_REASONS = 'gen_ai.response.finish_reasons'
/** Only in the conventions' development version. */
export const ATTR_RESPONSE_STATUS = 'gen_ai.response.status'
export const ATTR_RESPONSE_TIME_TO_FIRST_CHUNK = 'gen_ai.response.time_to_first_chunk'
export const ATTR_USAGE_INPUT_TOKENS = 'gen_ai.usage.input_tokens'
export const ATTR_USAGE_OUTPUT_TOKENS = 'gen_ai.usage.output_tokens'
export const ATTR_USAGE_CACHE_READ_INPUT_TOKENS = 'gen_ai.usage.cache_read.input_tokens'
/** Until 1.41.1; afterwards {@link ATTR_USAGE_CACHE_WRITE_INPUT_TOKENS}. */
export const ATTR_USAGE_CACHE_CREATION_INPUT_TOKENS = 'gen_ai.usage.cache_creation.input_tokens'
export const ATTR_USAGE_CACHE_WRITE_INPUT_TOKENS = 'gen_ai.usage.cache_write.input_tokens'
export const ATTR_USAGE_REASONING_OUTPUT_TOKENS = 'gen_ai.usage.reasoning.output_tokens'
/** Only in the conventions' development version, as those of text that follow. */
export const ATTR_USAGE_TEXT_INPUT_TOKENS = 'gen_ai.usage.text.input_tokens'
export const ATTR_USAGE_TEXT_CACHE_READ_INPUT_TOKENS = 'gen_ai.usage.text.cache_read.input_tokens'
export const ATTR_USAGE_TEXT_OUTPUT_TOKENS = 'gen_ai.usage.text.output_tokens'
export const ATTR_USAGE_AUDIO_INPUT_TOKENS = 'gen_ai.usage.audio.input_tokens'
export const ATTR_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS = 'gen_ai.usage.audio.cache_read.input_tokens'
export const ATTR_USAGE_AUDIO_OUTPUT_TOKENS = 'gen_ai.usage.audio.output_tokens'
export const ATTR_USAGE_IMAGE_INPUT_TOKENS = 'gen_ai.usage.image.input_tokens'
export const ATTR_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS = 'gen_ai.usage.image.cache_read.input_tokens'
export const ATTR_USAGE_IMAGE_OUTPUT_TOKENS = 'gen_ai.usage.image.output_tokens'
export const ATTR_INPUT_MESSAGES = 'gen_ai.input.messages'
export const ATTR_OUTPUT_MESSAGES = 'gen_ai.output.messages'
export const ATTR_SYSTEM_INSTRUCTIONS = 'gen_ai.system_instructions'
export const ATTR_TOOL_DEFINITIONS = 'gen_ai.tool.definitions'
export const ATTR_TOKEN_TYPE = 'gen_ai.token.type'
export const ATTR_TOKEN_MODALITY = 'gen_ai.token.modality'
export const ATTR_AWS_BEDROCK_GUARDRAIL_ID = 'aws.bedrock.guardrail.id'
export const ATTR_AWS_BEDROCK_KNOWLEDGE_BASE_ID = 'aws.bedrock.knowledge_base.id'
export const ATTR_AZURE_RESOURCE_PROVIDER_NAMESPACE = 'azure.resource_provider.namespace'
export const ATTR_OPENAI_API_TYPE = 'openai.api.type'
export const ATTR_OPENAI_REQUEST_SERVICE_TIER = 'openai.request.service_tier'
export const ATTR_OPENAI_RESPONSE_SERVICE_TIER = 'openai.response.service_tier'
export const ATTR_OPENAI_RESPONSE_SYSTEM_FINGERPRINT = 'openai.response.system_fingerprint'

/** The cost that the provider itself states, and that nobody else may overwrite. */
export const ATTR_USAGE_COST_AMOUNT = 'gen_ai.usage.cost.amount'
export const ATTR_USAGE_COST_CURRENCY = 'gen_ai.usage.cost.currency'
export const ATTR_USAGE_COST_SOURCE = 'gen_ai.usage.cost.source'

export const ATTR_SPANMETER_CACHE_WRITE_5M = 'spanmeter.usage.cache_write_5m.input_tokens'
export const ATTR_SPANMETER_CACHE_WRITE_1H = 'spanmeter.usage.cache_write_1h.input_tokens'
export const ATTR_SPANMETER_CACHE_WRITE_12H = 'spanmeter.usage.cache_write_12h.input_tokens'
export const ATTR_SPANMETER_BILLED_INPUT_TOKENS = 'spanmeter.usage.billed.input_tokens'
export const ATTR_SPANMETER_BILLED_OUTPUT_TOKENS = 'spanmeter.usage.billed.output_tokens'
export const ATTR_SPANMETER_COMPACTION_INPUT_TOKENS = 'spanmeter.usage.compaction.input_tokens'
export const ATTR_SPANMETER_COMPACTION_CACHE_READ = 'spanmeter.usage.compaction.cache_read.input_tokens'
export const ATTR_SPANMETER_COMPACTION_CACHE_WRITE = 'spanmeter.usage.compaction.cache_write.input_tokens'
export const ATTR_SPANMETER_COMPACTION_OUTPUT_TOKENS = 'spanmeter.usage.compaction.output_tokens'
/** On spans of others: all of each side, however their owners count it. */
export const ATTR_SPANMETER_USAGE_INPUT_TOKENS = 'spanmeter.usage.input_tokens'
export const ATTR_SPANMETER_USAGE_OUTPUT_TOKENS = 'spanmeter.usage.output_tokens'
export const ATTR_SPANMETER_USAGE_VIDEO_INPUT_TOKENS = 'spanmeter.usage.video.input_tokens'
export const ATTR_SPANMETER_USAGE_VIDEO_OUTPUT_TOKENS = 'spanmeter.usage.video.output_tokens'
export const ATTR_SPANMETER_USAGE_CITATION_TOKENS = 'spanmeter.usage.citation_tokens'
export const ATTR_SPANMETER_USAGE_IMAGES = 'spanmeter.usage.images'
export const ATTR_SPANMETER_USAGE_SECONDS = 'spanmeter.usage.seconds'
export const ATTR_SPANMETER_USAGE_CHARACTERS = 'spanmeter.usage.characters'
export const ATTR_SPANMETER_USAGE_PAGES = 'spanmeter.usage.pages'
export const ATTR_SPANMETER_USAGE_SEARCH_UNITS = 'spanmeter.usage.search_units'
/** JSON: what other models used that worked for the call, `[{"model":"...","input_tokens":2518,"output_tokens":22}]`. */
export const ATTR_SPANMETER_USAGE_FURTHER_MODELS = 'spanmeter.usage.further_models'
export const ATTR_SPANMETER_USAGE_MISSING = 'spanmeter.usage.missing'
export const ATTR_SPANMETER_REQUEST_SERVICE_TIER = 'spanmeter.request.service_tier'
export const ATTR_SPANMETER_RESPONSE_SERVICE_TIER = 'spanmeter.response.service_tier'
export const ATTR_SPANMETER_RESPONSE_SPEED = 'spanmeter.response.speed'
export const ATTR_SPANMETER_RESPONSE_INFERENCE_GEO = 'spanmeter.response.inference_geo'
export const ATTR_SPANMETER_REQUEST_BATCH = 'spanmeter.request.batch'
export const ATTR_SPANMETER_REQUEST_ATTEMPTS = 'spanmeter.request.attempts'
export const ATTR_SPANMETER_REQUEST_IMAGE_SIZE = 'spanmeter.request.image.size'
export const ATTR_SPANMETER_REQUEST_IMAGE_QUALITY = 'spanmeter.request.image.quality'
export const ATTR_SPANMETER_REQUEST_SEARCH_CONTEXT_SIZE = 'spanmeter.request.search_context_size'

/** `spanmeter.usage.tool.<name>.requests`: what provider-side tools are billed by. */
export function toolRequestsAttribute(tool: string): string {
  return `spanmeter.usage.tool.${tool}.requests`
}

/** `business.<key>`. A baggage key that already says `business.` is taken as it is. */
export function businessAttribute(key: string): string {
  return key.startsWith('business.') ? key : `business.${key}`
}
export const ATTR_BUSINESS_ENDPOINT = 'business.endpoint'

/**
 * A span event: one HTTP attempt that failed, retried or not.
 * Carries `spanmeter.request.attempt` (1, 2, ...), `error.type` and, where there was a response, its status.
 */
export const EVENT_ATTEMPT_FAILED = 'spanmeter.request.attempt_failed'
export const ATTR_SPANMETER_REQUEST_ATTEMPT = 'spanmeter.request.attempt'

/**
 * A span event: something the business counts came about (`conversation_resolved`), the denominator of cost per
 * outcome. Carries {@link ATTR_SPANMETER_OUTCOME_NAME}, `spanmeter.outcome.value` where one was given, and the
 * `business.*` of its context, so that a reader needs no other span to know whose outcome it is.
 */
export const EVENT_OUTCOME = 'spanmeter.outcome'
export const ATTR_SPANMETER_OUTCOME_NAME = 'spanmeter.outcome.name'
export const ATTR_SPANMETER_OUTCOME_VALUE = 'spanmeter.outcome.value'

/** The log record that carries message content where it isn't to be on the span. */
export const EVENT_OPERATION_DETAILS = 'gen_ai.client.inference.operation.details'

export const METRIC_TOKEN_USAGE = 'gen_ai.client.token.usage'
export const METRIC_OPERATION_DURATION = 'gen_ai.client.operation.duration'
export const METRIC_TIME_TO_FIRST_CHUNK = 'gen_ai.client.operation.time_to_first_chunk'
export const METRIC_TIME_PER_OUTPUT_CHUNK = 'gen_ai.client.operation.time_per_output_chunk'
export const METRIC_INFERENCE_DURATION = 'gen_ai.client.inference.duration'
export const METRIC_INFERENCE_TIME_TO_FIRST_CHUNK = 'gen_ai.client.inference.time_to_first_chunk'
export const METRIC_INFERENCE_TIME_PER_OUTPUT_CHUNK = 'gen_ai.client.inference.time_per_output_chunk'
export const METRIC_INFERENCE_USAGE_INPUT_TOKENS = 'gen_ai.client.inference.usage.input_tokens'
export const METRIC_INFERENCE_USAGE_OUTPUT_TOKENS = 'gen_ai.client.inference.usage.output_tokens'
export const METRIC_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS =
  'gen_ai.client.inference.usage.cache_read.input_tokens'
export const METRIC_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS =
  'gen_ai.client.inference.usage.cache_write.input_tokens'
export const METRIC_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS =
  'gen_ai.client.inference.usage.reasoning.output_tokens'
export const METRIC_INFERENCE_OPERATION_INPUT_TOKENS = 'gen_ai.client.inference.operation.input_tokens'
export const METRIC_INFERENCE_OPERATION_OUTPUT_TOKENS = 'gen_ai.client.inference.operation.output_tokens'
