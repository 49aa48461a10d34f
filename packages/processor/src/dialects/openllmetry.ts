import type { SpanView } from '../otlp/types.ts'
import { roleOfOperation } from './readers/operations.ts'
import { knownProvider } from './readers/provider-names.ts'
import { count, flag, hostOf, known, knownUsage, number, text } from './readers/values.ts'
import { dropZeroUsage } from './readers/zero-usage.ts'
import type { Dialect, DialectReading, SpanRole } from './types.ts'

/** From `llm.request.type` to the conventions' operations. */
const operations: Readonly<Record<string, string>> = {
  chat: 'chat',
  completion: 'text_completion',
  embedding: 'embeddings',
  rerank: 'rerank',
}

const BEDROCK = 'opentelemetry.instrumentation.bedrock'
const BEDROCK_JS = '@traceloop/instrumentation-bedrock'
const SAGEMAKER = 'opentelemetry.instrumentation.sagemaker'
const VERTEX_AI = 'opentelemetry.instrumentation.vertexai'
const OPENAI = 'opentelemetry.instrumentation.openai.v1'
const WATSONX = 'opentelemetry.instrumentation.watsonx'
const ANTHROPIC = 'opentelemetry.instrumentation.anthropic'
const OPENAI_AGENTS = 'opentelemetry.instrumentation.openai_agents'
const LLAMA_INDEX = 'opentelemetry.instrumentation.llamaindex'

const MODELS = [
  'gen_ai.request.model',
  'llm.request.model',
  'gen_ai.response.model',
  'llm.response.model',
] as const

/**
 * OpenLLMetry and the Traceloop SDK: `gen_ai.*` together with `llm.*` of its own (the oldest versions have only `llm.usage.*`),
 * and spans of workflows, tasks, agents and tools by `traceloop.span.kind`.
 * https://github.com/traceloop/openllmetry/tree/main/packages/opentelemetry-semantic-conventions-ai
 */
export const openLlmetry: Dialect = {
  name: 'openllmetry',

  attributes: [
    'traceloop.',
    'llm.usage.',
    'llm.request.',
    'llm.response.',
    'llm.is_streaming',
    'llm.vendor',
    'gen_ai.openai.api_base',
  ],

  scopes: [BEDROCK, SAGEMAKER, OPENAI, ANTHROPIC],
  conversation: [
    'gen_ai.conversation.id',
    'traceloop.association.properties.session_id',
    'traceloop.association.properties.thread_id',
    'traceloop.association.properties.conversation_id',
    'traceloop.association.properties.chat_id',
  ],

  read(span): DialectReading {
    const type = text(span, 'llm.request.type')
    const operation = type === undefined ? undefined : operations[type]
    const kind = text(span, 'traceloop.span.kind')
    const total = count(span, 'llm.usage.total_tokens')
    // For JavaScript, the total of a rerank request is Cohere's search units.
    const isReranking = type === 'rerank'
    return known<DialectReading>({
      role: roleOf(span, operation, kind),
      operation: text(span, 'gen_ai.operation.name') ?? operation,
      provider: providerOf(span),
      requestModel: text(span, 'llm.request.model', 'openai.agent.model'),
      responseModel: text(span, 'llm.response.model'),
      workflowName: text(span, 'traceloop.workflow.name'),
      agentName: kind === 'agent' ? text(span, 'traceloop.entity.name') : undefined,
      streaming: flag(span, 'llm.is_streaming', 'gen_ai.is_streaming'),
      timeToFirstChunkSeconds: number(span, 'llm.response.time_to_first_token'),
      host: hostOf(text(span, 'gen_ai.openai.api_base', 'llm.openai.api_base', 'openai.api_base')),
      usage: knownUsage({
        inputTokens: count(span, 'llm.usage.prompt_tokens', 'llm.usage.input_tokens'),
        cacheReadTokens: count(
          span,
          'llm.usage.cache_read_input_tokens',
          'llm.usage.cached_input_tokens',
          'llm.usage.cached_tokens',
        ),
        cacheWriteTokens: count(
          span,
          'llm.usage.cache_creation_input_tokens',
          'llm.usage.cache_creation_tokens',
        ),
        outputTokens: count(span, 'llm.usage.completion_tokens', 'llm.usage.output_tokens'),
        reasoningTokens: count(span, 'llm.usage.reasoning_tokens'),
        searchUnits: isReranking ? total : undefined,
      }),
      totalTokens: isReranking ? undefined : total,
      // Counts are copied from Bedrock's responses, which leave cached tokens out of the input.
      cachedInput: span.scopeName.startsWith(BEDROCK) ? 'excluded' : undefined,
    })
  },

  /**
   * Zeros stand for unknown usage on spans of what Anthropic's client returns before the answer is there (a stream to be opened, a
   * response to be parsed) and of Bedrock's streams that aren't read, such as Nova's up to 0.55.
   */
  correct(reading, { scopeName }): void {
    if (scopeName === ANTHROPIC || scopeName.startsWith(BEDROCK)) dropZeroUsage(reading)
  },
}

function providerOf(span: SpanView): string | undefined {
  const stated = text(span, 'gen_ai.provider.name', 'gen_ai.system', 'llm.vendor')
  return providerOfScope(span) ?? (stated === 'Langchain' ? providerOfClass(span.name) : stated)
}

/** Calls by LangChain, which stated itself as the provider, are named by its class for one: `AzureChatOpenAI.chat`. */
function providerOfClass(spanName: string): string | undefined {
  const [, className = ''] = /^(\w+)\.(chat|completion)$/.exec(spanName) ?? []
  return knownProvider(className)
}

/**
 * For Bedrock the first versions name the model's maker, or the region that its id begins with; for SageMaker, no provider;
 * for Vertex AI the later ones name Google, which has two APIs.
 */
function providerOfScope({ scopeName }: SpanView): string | undefined {
  if (scopeName.startsWith(BEDROCK) || scopeName === BEDROCK_JS) return 'aws.bedrock'
  if (scopeName.startsWith(VERTEX_AI)) return 'gcp.vertex_ai'
  return scopeName.startsWith(SAGEMAKER) ? 'aws.sagemaker' : undefined
}

function roleOf(span: SpanView, operation?: string, kind?: string): SpanRole | undefined {
  // A Realtime session is called a chat, and so are the responses beneath it.
  if (span.name === 'openai.session' && span.scopeName.startsWith(OPENAI)) return 'step'
  // watsonx's requests that initialize or describe a model have the type of completions, too.
  if (span.scopeName === WATSONX && /\.(model_init|get_details)$/.test(span.name)) return 'step'
  if (kind === undefined) return roleOfOperation(operation)
  return isCallAsTask(span, kind) || isCallAsAgent(span, kind) ? 'call' : 'step'
}

/** To 0.43, each request of OpenAI's Agents SDK is a span of its agent, and mostly no other span tells of it. */
function isCallAsAgent(span: SpanView, kind: string): boolean {
  return (
    kind === 'agent' &&
    span.scopeName.startsWith(OPENAI_AGENTS) &&
    span.attribute('gen_ai.usage.prompt_tokens') !== undefined
  )
}

/** LlamaIndex's calls are spans of tasks, or of workflows if they have no parent, that name a model. */
function isCallAsTask(span: SpanView, kind: string): boolean {
  return (
    span.scopeName.startsWith(LLAMA_INDEX) &&
    (kind === 'task' || kind === 'workflow') &&
    text(span, ...MODELS) !== undefined
  )
}
