import type { Usage } from '@spanmeter/pricing'
import { byShape, hasPrefix } from '../otlp/span-shape.ts'
import type { SpanView } from '../otlp/types.ts'
import { CLAUDE_CODE_SCOPE } from './claude-code.ts'
import { inUsd } from './readers/declared-cost.ts'
import { tableReader } from './readers/field-table.ts'
import { isOfAnotherThanGoogle } from './readers/provider-names.ts'
import { addsUp, type RawUsage, readRawUsage, usageOfOutput } from './readers/raw-usage.ts'
import { asText, known, knownUsage, number, object, printedObject, text } from './readers/values.ts'
import { dropZeroUsage } from './readers/zero-usage.ts'
import type { CachedInput, Dialect, DialectReading, SpanRole } from './types.ts'

const roles: Readonly<Record<string, SpanRole>> = {
  LLM: 'call',
  EMBEDDING: 'call',
  RERANKER: 'call',
  DECISION: 'call',
}
const operations: Readonly<Record<string, string>> = {
  LLM: 'chat',
  EMBEDDING: 'embeddings',
  RERANKER: 'rerank',
  DECISION: 'decision',
  AGENT: 'invoke_agent',
  TOOL: 'execute_tool',
  RETRIEVER: 'retrieval',
}

/** JSON; by Guardrails a dict as Python prints it. */
const PARAMETERS = 'llm.invocation_parameters'

const readFields = tableReader({
  texts: {
    // The last is Pipecat's, whose model's name may be "unknown".
    requestModel: ['llm.request.model_name', 'decision.request.model_name', 'metrics.model'],
    agentName: ['agent.name'],
  },
  counts: { totalTokens: ['llm.token_count.total'] },
  usageCounts: {
    inputTokens: ['llm.token_count.prompt', 'decision.token_count.input'],
    cacheReadTokens: [
      'llm.token_count.prompt_details.cache_read',
      'llm.token_count.prompt_details.cache_input',
      'llm.token_count.prompt.cache_read',
      'llm.token_count.cache_read',
      'llm.token_count.cached',
      'metadata.usage.cached_prompt_tokens', // BeeAI's
    ],
    cacheWriteTokens: [
      'llm.token_count.prompt_details.cache_write',
      'llm.token_count.prompt_details.cache_creation',
      'llm.token_count.prompt.cache_creation',
      'llm.token_count.cache_write',
      'metadata.usage.cached_creation_tokens',
    ],
    audioInputTokens: ['llm.token_count.prompt_details.audio'],
    outputTokens: ['llm.token_count.completion', 'decision.token_count.output'],
    reasoningTokens: [
      'llm.token_count.completion_details.reasoning',
      'llm.token_count.reasoning_tokens',
      'llm.token_count.reasoning',
    ],
    audioOutputTokens: ['llm.token_count.completion_details.audio'],
  },
  usageNumbers: { seconds: ['output.audio_duration'] }, // Envoy's
})

/**
 * OpenInference (Arize). By its specification the prompt count includes cached tokens; older instrumentations copy the
 * provider's count.
 * https://arize-ai.github.io/openinference/spec/semantic_conventions.html
 */
export const openInference: Dialect = {
  name: 'openinference',

  attributes: [
    'openinference.',
    'llm.model_name',
    'llm.token_count.',
    'llm.provider',
    'llm.system',
    PARAMETERS,
  ],
  conversation: ['session.id'],

  read(span): DialectReading {
    const stated = readFields(span)
    const kind = kindOf(span)
    const metadata = object(span, 'metadata')
    const mayBeTraced = kind === 'LLM' || (kind === 'EMBEDDING' && !hasCounts(span.shape))
    const traced = mayBeTraced ? tracedUsage(span) : undefined
    // For Gemini, attributes by TensorZero and early versions leave out thoughts and what tools add to the prompt, and some
    // later versions count cached tokens twice.
    const whole = traced !== undefined && addsUp(traced) ? traced : undefined
    const responseModel =
      modelOf(span) ??
      asText(metadata?.ls_model_name) ??
      (kind === 'LLM' ? asText(object(span, 'output.value')?.model) : undefined)
    const isTurn = isTurnOfClaude(span, kind)
    return known<DialectReading>({
      ...stated,
      role: kind === undefined ? undefined : isTurn ? 'call' : (roles[kind] ?? 'step'),
      sumsUp: isTurn ? CLAUDE_CODE_SCOPE : undefined,
      endsBeforeRequest: span.scopeName.startsWith(LLAMA_INDEX) && /\.a?stream_/.test(span.name),
      operation: operationOf(kind, responseModel),
      provider: providerOf(span, asText(metadata?.ls_provider)) ?? providerOfScope(span.scopeName),
      requestModel:
        stated.requestModel ??
        asText((object(span, PARAMETERS) ?? printedObject(span, PARAMETERS))?.model) ??
        askedModel.exec(text(span, 'input.value') ?? '')?.[1],
      responseModel,
      usage: knownUsage({
        ...traced?.usage,
        ...stated.usage,
        ...known<Usage>({
          cacheReadTokens: traced?.usage?.cacheReadTokens,
          inputTokens: whole?.usage?.inputTokens,
          outputTokens: whole?.usage?.outputTokens,
        }),
      }),
      totalTokens: whole?.totalTokens ?? stated.totalTokens,
      cachedInput: whole?.cachedInput ?? countingOf(span, stated.usage?.inputTokens, traced),
      declaredCost: declaredCostOf(span),
    })
  },

  /** AutoGen writes zeros for a stream whose usage it doesn't know. */
  correct(reading, span): void {
    if (span.scopeName.startsWith(OPENINFERENCE) && reading.operation === 'chat') dropZeroUsage(reading)
  },
}

const OPENINFERENCE = 'openinference.instrumentation.'
const LLAMA_INDEX = 'openinference.instrumentation.llama_index'

/** Some versions leave the model out of the parameters, and for Claude on Bedrock the response has Anthropic's id. */
const askedModel = /^\{"model": ?"([^"\\]+)"/

/**
 * Spans of kind LLM that are no calls. For OpenAI every request is one, named by the type of the response, such as the counting
 * of tokens before each call of CrewAI; for LlamaIndex what comes before and after calls; for BeeAI each event of one; for
 * Envoy's AI gateway everything that passes through it.
 */
function callsNoModel({ scopeName, name }: SpanView): boolean {
  if (scopeName === 'envoyproxy/ai-gateway') return ofNoModelByEnvoy.test(name)
  return scopeName.startsWith(OPENINFERENCE) && ofNoModel.test(name)
}

const ofNoModelByEnvoy = /^(CountTokens|Tokenize|(Create|Retrieve|List|Cancel|Delete)(File|Batch)\w*)$/
const ofNoModel =
  /^(InputTokenCountResponse|File\w+|Model|Upload|VectorStore\w*)$|Page\[|^(start|new_token|success|finish)$|\.(start|newToken|finish)-\d+$|count_tokens$|\._prepare_chat_with_tools$|write_response_to_history$/

/**
 * The kind, corrected: Mastra's exporter states LLM for spans around a call and for its chunks, but not for the call, which is
 * the only one that names a model. Guardrails states GUARDRAIL for the guarded call.
 */
function kindOf(span: SpanView): string | undefined {
  const kind = text(span, 'openinference.span.kind')?.toUpperCase()
  if (kind === 'LLM' && isOfAnotherKind(span.shape)) return undefined
  if (kind === 'GUARDRAIL' && text(span, 'type') === 'guardrails/guard/step/call') return 'LLM'
  if (callsNoModel(span)) return 'CHAIN'
  const mastraType = kind === undefined ? undefined : text(span, 'mastra.span.type')
  if (mastraType === 'rag_embedding') return 'EMBEDDING'
  if (mastraType?.startsWith('model_') !== true) return kind
  return text(span, 'llm.model_name') === undefined ? 'CHAIN' : 'LLM'
}

/** Converters from the conventions' spans to OpenInference state the kind LLM on all other spans of the app, too. */
const isOfAnotherKind = byShape(
  ({ names }) =>
    names.some((name) => /^(http|url|db|rpc|messaging|net|network|dns|code|next)\./.test(name)) &&
    !names.some((name) => /^(llm|input|output|gen_ai)\./.test(name)),
)

/** For JavaScript, any model that Bedrock invokes is of kind LLM, also one for embeddings. */
function operationOf(kind: string | undefined, model = ''): string | undefined {
  if (kind === undefined) return undefined
  return kind === 'LLM' && model.includes('embed') ? operations.EMBEDDING : operations[kind]
}

/**
 * Whether counts are the provider's own, with cached tokens left out of the input. The JavaScript instrumentation of Bedrock's
 * InvokeModel copies them, mostly without a total; the Python one adds cached tokens. For Agno, the counts of Anthropic and
 * Bedrock are copied.
 */
function copiesProvider(span: SpanView): boolean {
  if (span.scopeName === '@arizeai/openinference-instrumentation-bedrock') return true
  const provider = text(span, 'llm.provider') ?? ''
  if (span.scopeName.startsWith('openinference.instrumentation.agno'))
    return /anthropic|bedrock/i.test(provider) || text(span, 'llm.model_name')?.includes('claude') === true
  if (span.scopeName.startsWith(OPENINFERENCE)) return false
  return provider === 'aws' && span.attribute('llm.token_count.total') === undefined
}

const CLAUDE_AGENTS = 'openinference.instrumentation.claude_agent_sdk'
const CLAUDE_AGENTS_JS = '@arizeai/openinference-instrumentation-claude-agent-sdk'

/** A turn of Claude's agents. Only its span has usage, unless Claude Code, which makes the calls, has telemetry switched on. */
function isTurnOfClaude(span: SpanView, kind: string | undefined): boolean {
  return (
    kind === 'AGENT' &&
    (span.scopeName.startsWith(CLAUDE_AGENTS) || span.scopeName === CLAUDE_AGENTS_JS) &&
    span.attribute('llm.token_count.prompt') !== undefined
  )
}

/** For JavaScript the usage of a turn leaves out cached tokens, which are nearly all of an agent's input, but its cost doesn't. */
function declaredCostOf(span: SpanView): DialectReading['declaredCost'] {
  return span.scopeName === CLAUDE_AGENTS_JS ? inUsd(number(span, 'llm.cost.total')) : undefined
}

/**
 * For JavaScript, a model id is cut off before its last part, so that one with a region (`us.anthropic.claude-…`) is reduced to
 * its maker. The whole id is in the request to Converse, or in Claude's response.
 */
function modelOf(span: SpanView): string | undefined {
  const model = text(
    span,
    'llm.response.model_name',
    'gen_ai.response.model',
    'llm.model_name',
    'embedding.model_name',
    'reranker.model_name',
    'decision.response.model_name',
    'decision.model_name',
  )
  const isMaker = model !== undefined && !model.includes('-') && text(span, 'llm.provider') === 'aws'
  if (!isMaker) return model
  return asText(object(span, 'input.value')?.modelId) ?? asText(object(span, 'output.value')?.model) ?? model
}

/**
 * The usage in the traced response, where that may have more: parts for which there is no attribute, of Bedrock's Converse for
 * JavaScript and in all first versions; the whole usage, of OpenAI's images and Titan's embeddings; or the proof that the
 * prompt's count is the provider's own.
 */
function tracedUsage(span: SpanView): RawUsage | undefined {
  const output = text(span, 'output.value')
  const pattern = hasParts(span.shape) ? partsWithoutName : hasCounts(span.shape) ? partOfUsage : anyUsage
  if (output === undefined || !pattern.test(output)) return undefined
  return readRawUsage(usageOfOutput(object(span, 'output.value')) ?? printedUsage(span, output))
}

/**
 * For smolagents and Haystack the traced response is printed by Python, within JSON: `cached_tokens=8`, `'cached_tokens': 8`.
 * For OpenAI's Responses, Haystack's spans state only the total as attributes.
 */
function printedUsage({ scopeName, shape }: SpanView, output: string): Record<string, unknown> | undefined {
  if (!/^openinference\.instrumentation\.(smolagents|haystack)/.test(scopeName)) return undefined
  const parts: Record<string, unknown> = {}
  for (const [, name, tokens] of output.matchAll(printedCount)) parts[name!] ??= Number(tokens)
  const { input_tokens, output_tokens, ...details } = parts
  const totals = hasCounts(shape) ? {} : { input_tokens, output_tokens }
  return { ...totals, prompt_tokens_details: details, completion_tokens_details: details }
}

const printedCount =
  /\b(input_tokens|output_tokens|cached_tokens|cache_creation_tokens|ephemeral_(?:5m|1h)_input_tokens|reasoning_tokens)'?[:=] ?(\d+)/g

const hasParts = hasPrefix('llm.token_count.prompt_details.', 'llm.token_count.completion_details.')

/** Counts of input or output; a total is neither. */
const hasCounts = byShape(({ names }) =>
  names.some((name) => name.startsWith('llm.token_count.') && name !== 'llm.token_count.total'),
)

const anyUsage = /["']usage|"inputTextTokenCount"/
const partOfUsage = /cache|reasoning|thoughts|tool_use_prompt|toolUsePrompt|"AUDIO"/
const partsWithoutName =
  /"(cache_(read|creation)_input_tokens|cacheReadInputTokens|cache_write_tokens|(cached_content|tool_use_prompt)_token_count|(cachedContent|toolUsePrompt)TokenCount)":\s*[1-9]/

/** Where the prompt's count is the provider's own, cached tokens may stand beside it; of OpenAI's models they don't. */
function countingOf(span: SpanView, prompt?: number, traced?: RawUsage): CachedInput | undefined {
  const copies = copiesProvider(span)
  if (!copies && prompt !== undefined && traced?.usage?.inputTokens !== prompt) return undefined
  return traced?.cachedInput ?? (copies ? 'excluded' : undefined)
}

/**
 * Google is stated as the provider of both its APIs, which the system tells apart, except for LangChain, whose own name for the
 * provider does; and of all models that its ADK calls.
 */
function providerOf(span: SpanView, nameByLangChain: string | undefined): string | undefined {
  const system = text(span, 'llm.system', 'decision.system')
  const provider = text(span, 'llm.provider', 'decision.provider')
  if (provider === 'google') {
    if (nameByLangChain !== undefined) return nameByLangChain
    if (system === 'vertexai') return system
    if (isOfAnotherThanGoogle(text(span, 'llm.model_name'))) return undefined
  }
  return provider ?? system ?? nameByLangChain
}

/** The first versions for these SDKs, each of a single provider, name no provider. */
function providerOfScope(scopeName: string): string | undefined {
  return /^openinference\.instrumentation\.(anthropic|bedrock|groq|mistralai|vertexai)$/.exec(scopeName)?.[1]
}
