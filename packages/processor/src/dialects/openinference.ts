import { byShape, hasPrefix } from '../otlp/span-shape.ts'
import type { SpanView } from '../otlp/types.ts'
import { CLAUDE_CODE_SCOPE } from './claude-code.ts'
import { inUsd } from './readers/declared-cost.ts'
import { isOfAnotherThanGoogle } from './readers/provider-names.ts'
import { type RawUsage, readRawUsage, usageOfOutput } from './readers/raw-usage.ts'
import { takeBackZeros } from './readers/untold-usage.ts'
import { asText, count, known, knownUsage, number, object, text } from './readers/values.ts'
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

/**
 * OpenInference (Arize). Its prompt count includes cached tokens by specification; its older instrumentations copy what
 * the provider counts.
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
    'llm.invocation_parameters',
  ],
  conversation: ['session.id'],

  read(span): DialectReading {
    const kind = kindOf(span)
    const metadata = object(span, 'metadata')
    const prompt = count(span, 'llm.token_count.prompt')
    const mayBeTold = kind === 'LLM' || (kind === 'EMBEDDING' && !hasCounts(span.shape))
    const told = mayBeTold ? toldInOutput(span) : undefined
    const whole = told !== undefined && addsUp(told) ? told : undefined
    const responseModel =
      modelOf(span) ??
      asText(metadata?.ls_model_name) ??
      (kind === 'LLM' ? asText(object(span, 'output.value')?.model) : undefined)
    const isTurn = isTurnOfClaude(span, kind)
    return known<DialectReading>({
      role: kind === undefined ? undefined : isTurn ? 'call' : (roles[kind] ?? 'step'),
      sumsUp: isTurn ? CLAUDE_CODE_SCOPE : undefined,
      operation: operationOf(kind, responseModel),
      provider: providerOf(span) ?? asText(metadata?.ls_provider) ?? providerOfScope(span.scopeName),
      requestModel:
        text(span, 'llm.request.model_name', 'decision.request.model_name') ??
        asText(object(span, 'llm.invocation_parameters')?.model) ??
        askedModel.exec(text(span, 'input.value') ?? '')?.[1],
      responseModel,
      agentName: text(span, 'agent.name'),
      usage: knownUsage({
        inputTokens:
          whole?.usage?.inputTokens ??
          prompt ??
          count(span, 'decision.token_count.input') ??
          told?.usage?.inputTokens,
        cacheReadTokens:
          told?.usage?.cacheReadTokens ??
          count(
            span,
            'llm.token_count.prompt_details.cache_read',
            'llm.token_count.prompt_details.cache_input',
            'llm.token_count.prompt.cache_read',
            'llm.token_count.cache_read',
            'llm.token_count.cached',
            'metadata.usage.cached_prompt_tokens', // BeeAI's
          ),
        cacheWriteTokens:
          count(
            span,
            'llm.token_count.prompt_details.cache_write',
            'llm.token_count.prompt_details.cache_creation',
            'llm.token_count.prompt.cache_creation',
            'llm.token_count.cache_write',
            'metadata.usage.cached_creation_tokens',
          ) ?? told?.usage?.cacheWriteTokens,
        cacheWrite5mTokens: told?.usage?.cacheWrite5mTokens,
        cacheWrite1hTokens: told?.usage?.cacheWrite1hTokens,
        audioInputTokens:
          count(span, 'llm.token_count.prompt_details.audio') ?? told?.usage?.audioInputTokens,
        imageInputTokens: told?.usage?.imageInputTokens,
        outputTokens:
          whole?.usage?.outputTokens ??
          count(span, 'llm.token_count.completion', 'decision.token_count.output') ??
          told?.usage?.outputTokens,
        reasoningTokens:
          count(
            span,
            'llm.token_count.completion_details.reasoning',
            'llm.token_count.reasoning_tokens',
            'llm.token_count.reasoning',
          ) ?? told?.usage?.reasoningTokens,
        audioOutputTokens:
          count(span, 'llm.token_count.completion_details.audio') ?? told?.usage?.audioOutputTokens,
        seconds: number(span, 'output.audio_duration'), // Envoy's
      }),
      totalTokens: whole?.totalTokens ?? count(span, 'llm.token_count.total'),
      cachedInput: whole?.cachedInput ?? countingOf(span, prompt, told),
      declaredCost: declaredCostOf(span),
    })
  },

  /** A stream whose usage AutoGen wasn't told is stated as none at all. */
  takeBack(reading, span): void {
    if (span.scopeName.startsWith(OPENINFERENCE) && reading.operation === 'chat') takeBackZeros(reading)
  },
}

const OPENINFERENCE = 'openinference.instrumentation.'

/**
 * An answer whose total is of both sides has them whole. Of Gemini's, TensorZero and the first versions for it state the candidates
 * without the thoughts and the prompt without what tools put beside it; later ones add cached tokens to a prompt that has them.
 */
function addsUp({ usage: { inputTokens, outputTokens } = {}, totalTokens }: RawUsage): boolean {
  return inputTokens !== undefined && outputTokens !== undefined && inputTokens + outputTokens === totalTokens
}

/** Some versions leave the model out of the parameters: of Claude on Bedrock the answer names it as Anthropic does. */
const askedModel = /^\{"model": ?"([^"\\]+)"/

/**
 * For OpenAI it says LLM of each request, and names it by what is answered: CrewAI counts tokens before each of its calls.
 * For LlamaIndex it says so of what an agent prepares, for BeeAI of each part of a stream. Envoy's AI gateway says so of
 * all that passes through it.
 */
function callsNoModel({ scopeName, name }: SpanView): boolean {
  if (scopeName === 'envoyproxy/ai-gateway') return ofNoModelByEnvoy.test(name)
  return scopeName.startsWith(OPENINFERENCE) && ofNoModel.test(name)
}

const ofNoModelByEnvoy = /^(CountTokens|Tokenize|(Create|Retrieve|List|Cancel|Delete)(File|Batch)\w*)$/
const ofNoModel =
  /^(InputTokenCountResponse|File\w+|Model|Upload|VectorStore\w*)$|Page\[|^new_token$|count_tokens$|\._prepare_chat_with_tools$/

/**
 * Mastra's exporter says LLM of what stands around a call and of its chunks, and not of the call, which alone has a model.
 * Guardrails says GUARDRAIL of the call that is guarded.
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

/** What turns the conventions' spans into OpenInference's says LLM of each other span of the app, too. */
const isOfAnotherKind = byShape(
  ({ names }) =>
    names.some((name) => /^(http|url|db|rpc|messaging|net|network|dns|code|next)\./.test(name)) &&
    !names.some((name) => /^(llm|input|output|gen_ai)\./.test(name)),
)

/** For JavaScript it says LLM of whatever model Bedrock invokes. */
function operationOf(kind: string | undefined, model = ''): string | undefined {
  if (kind === undefined) return undefined
  return kind === 'LLM' && model.includes('embed') ? operations.EMBEDDING : operations[kind]
}

/**
 * The JavaScript instrumentation copies what Bedrock's InvokeModel counts, cached tokens beside the input and mostly no
 * total; the Python one adds them up. Agno copies what Anthropic and Bedrock count.
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

/** Of Claude's agents, whose calls of models are Claude Code's, the turn has the usage, alone unless that has telemetry of its own. */
function isTurnOfClaude(span: SpanView, kind: string | undefined): boolean {
  return (
    kind === 'AGENT' &&
    (span.scopeName.startsWith(CLAUDE_AGENTS) || span.scopeName === CLAUDE_AGENTS_JS) &&
    span.attribute('llm.token_count.prompt') !== undefined
  )
}

/** For JavaScript the turn leaves out its cached tokens, nearly all that an agent reads, but not what they cost. */
function declaredCostOf(span: SpanView): DialectReading['declaredCost'] {
  return span.scopeName === CLAUDE_AGENTS_JS ? inUsd(number(span, 'llm.cost.total')) : undefined
}

/**
 * For JavaScript a model's id is cut at its first dot, which leaves of one with a region (`us.anthropic.claude-…`) its maker.
 * Whole it is in what was asked of Converse, or in what Claude answered.
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
 * The usage in the response that was traced, where it may tell more: parts of it that no attribute has, of Bedrock's
 * Converse for JavaScript and of all that the first versions traced; all of it, of OpenAI's images and Titan's embeddings; or that the prompt's
 * count is the provider's own.
 */
function toldInOutput(span: SpanView): RawUsage | undefined {
  const output = text(span, 'output.value')
  const mayTell = hasParts(span.shape) ? untoldParts : hasCounts(span.shape) ? partOfUsage : anyUsage
  if (output === undefined || !mayTell.test(output)) return undefined
  return readRawUsage(usageOfOutput(object(span, 'output.value')) ?? printedUsage(span, output))
}

/**
 * For smolagents and Haystack the answer is there as Python prints it, within JSON: `cached_tokens=8`, `'cached_tokens': 8`.
 * Of what OpenAI's Responses used, Haystack's spans state the total alone.
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

/** Of one side or the other; a total tells neither. */
const hasCounts = byShape(({ names }) =>
  names.some((name) => name.startsWith('llm.token_count.') && name !== 'llm.token_count.total'),
)

const anyUsage = /["']usage|"inputTextTokenCount"/
const partOfUsage = /cache|reasoning|thoughts|tool_use_prompt|toolUsePrompt|"AUDIO"/
const untoldParts =
  /"(cache_(read|creation)_input_tokens|cacheReadInputTokens|cache_write_tokens|(cached_content|tool_use_prompt)_token_count|(cachedContent|toolUsePrompt)TokenCount)":\s*[1-9]/

/** Where the prompt's count is the provider's own, cached tokens may stand beside it; of OpenAI's models they don't. */
function countingOf(span: SpanView, prompt?: number, told?: RawUsage): CachedInput | undefined {
  const copies = copiesProvider(span)
  if (!copies && prompt !== undefined && told?.usage?.inputTokens !== prompt) return undefined
  return told?.cachedInput ?? (copies ? 'excluded' : undefined)
}

/** Google is the provider of both its APIs; the system tells which. Its ADK's spans say Google whatever the model. */
function providerOf(span: SpanView): string | undefined {
  const system = text(span, 'llm.system', 'decision.system')
  const provider = text(span, 'llm.provider', 'decision.provider')
  if (provider === 'google') {
    if (system === 'vertexai') return system
    if (isOfAnotherThanGoogle(text(span, 'llm.model_name'))) return undefined
  }
  return provider ?? system
}

/** The first versions for these SDKs, each of one provider, name none. */
function providerOfScope(scopeName: string): string | undefined {
  return /^openinference\.instrumentation\.(anthropic|bedrock|groq|mistralai|vertexai)$/.exec(scopeName)?.[1]
}
