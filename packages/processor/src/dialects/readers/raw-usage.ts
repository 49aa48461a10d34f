import type { Usage } from '@spanmeter/pricing'
import type { CachedInput, DialectReading } from '../types.ts'
import { asCount, asObject, asText, type JsonObject, known, knownUsage } from './values.ts'

/** What is read from a provider's own usage object. */
export type RawUsage = Pick<
  DialectReading,
  'usage' | 'totalTokens' | 'cachedInput' | 'serviceTier' | 'speed' | 'inferenceGeo' | 'tools'
>

/** What providers and frameworks call the details of input and output. */
export const inputDetailNames: readonly string[] = [
  'input_tokens_details',
  'prompt_tokens_details',
  'input_token_details',
  'prompt_token_details',
  'prompt_details',
]
export const outputDetailNames: readonly string[] = [
  'output_tokens_details',
  'completion_tokens_details',
  'output_token_details',
  'completion_token_details',
  'completion_details',
]

const inputNames = ['input_tokens', 'prompt_tokens', 'inputTokens', 'promptTokens']
const camelInputDetailNames = ['inputTokenDetails', 'inputTokensDetails', 'promptTokensDetails']
const camelOutputDetailNames = ['outputTokenDetails', 'outputTokensDetails', 'completionTokensDetails']

/**
 * Reads a usage object of any provider's API or SDK: OpenAI Chat Completions and Responses, Anthropic, Bedrock Converse,
 * Gemini, and the forms that frameworks turn them into.
 */
export function readRawUsage(json: JsonObject | undefined): RawUsage {
  if (json === undefined) return {}
  if (has(json, 'prompt_token_count', 'promptTokenCount')) return readGemini(json)
  const input = firstObject(json, ...inputDetailNames, ...camelInputDetailNames)
  const output = firstObject(json, ...outputDetailNames, ...camelOutputDetailNames)
  const creation = asObject(json.cache_creation) ?? asObject(input.cache_creation_token_details) ?? input
  const usage = knownUsage({
    inputTokens: first(json, ...inputNames),
    cacheReadTokens:
      first(
        json,
        'cache_read_input_tokens',
        'cacheReadInputTokens',
        'cached_input_tokens',
        'cachedInputTokens',
        'cache_read_tokens',
        'cacheReadTokens',
        'cachedContentTokens',
        'cached_content_token_count',
        'prompt_cached_tokens',
        'prompt_cache_hit_tokens',
      ) ??
      first(
        input,
        'cached_tokens',
        'cache_read',
        'cached',
        'cacheReadTokens',
        'cachedTokens',
        'cached_read_tokens',
      ),
    cacheWriteTokens:
      first(
        json,
        'cache_creation_input_tokens',
        'cacheWriteInputTokens',
        'cacheCreationInputTokens',
        'cache_write_input_tokens',
        'cache_write_tokens',
        'cacheWriteTokens',
        'prompt_cache_creation_tokens',
      ) ??
      first(
        input,
        'cache_write_tokens',
        'cache_creation',
        'cache_write',
        'cache_creation_tokens',
        'cacheWriteTokens',
        'cached_write_tokens',
      ),
    cacheWrite5mTokens:
      first(creation, 'ephemeral_5m_input_tokens', 'cached_write_tokens_5m') ??
      first(json, 'prompt_cache_creation_5m_tokens', 'ephemeral_5m_input_tokens') ??
      sumOf(json.cacheDetails, 'ttl', '5m', 'inputTokens'),
    cacheWrite1hTokens:
      first(creation, 'ephemeral_1h_input_tokens', 'ephemeral_1hr_input_tokens', 'cached_write_tokens_1h') ??
      first(json, 'prompt_cache_creation_1h_tokens', 'ephemeral_1h_input_tokens') ??
      sumOf(json.cacheDetails, 'ttl', '1h', 'inputTokens'),
    cacheWrite12hTokens: first(asObject(input.cache_write_tokens_details) ?? {}, 'ttl_12h_tokens'),
    outputTokens: first(json, 'output_tokens', 'completion_tokens', 'outputTokens', 'completionTokens'),
    reasoningTokens:
      first(
        json,
        'reasoning_tokens',
        'reasoningTokens',
        'completion_reasoning_tokens',
        'thoughtsTokens',
        'thoughts_token_count',
      ) ?? first(output, 'reasoning_tokens', 'reasoning', 'reasoningTokens'),
    audioInputTokens: first(input, 'audio_tokens', 'audio'),
    audioCacheReadTokens: first(asObject(input.cached_tokens_details) ?? {}, 'audio_tokens'),
    imageInputTokens: first(input, 'image_tokens'),
    audioOutputTokens: first(output, 'audio_tokens', 'audio'),
    imageOutputTokens: first(output, 'image_tokens'),
  })
  return known<RawUsage>({
    usage: withAllWrites(usage),
    totalTokens: first(json, 'total_tokens', 'totalTokens', 'tokens'),
    cachedInput: usage && countingOf(json),
    // What else Anthropic's prices depend on: https://platform.claude.com/docs/en/api/messages
    serviceTier: asText(json.service_tier),
    speed: asText(json.speed),
    inferenceGeo: asText(json.inference_geo),
    tools: readServerTools(asObject(json.server_tool_use)),
  })
}

/** Whether input and output sum to the total, so that neither lacks anything. */
export function addsUp({ usage: { inputTokens, outputTokens } = {}, totalTokens }: RawUsage): boolean {
  return inputTokens !== undefined && outputTokens !== undefined && inputTokens + outputTokens === totalTokens
}

/** The usage object in what a provider's SDK, LangChain, or a component of Haystack returned. */
export function usageOfOutput(output: JsonObject | undefined): JsonObject | undefined {
  const answer = asObject(output?.data) ?? output
  return (
    asObject(answer?.usage) ??
    asObject(asObject(answer?.meta)?.usage) ??
    asObject(answer?.usage_metadata ?? answer?.usageMetadata) ??
    usageOfTitan(output) ??
    usageOfRun(output)
  )
}

/** The usage of Titan's embeddings: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html */
function usageOfTitan(answer: JsonObject = {}): JsonObject | undefined {
  const tokens = answer.inputTextTokenCount
  return tokens === undefined || answer.results !== undefined ? undefined : { input_tokens: tokens }
}

/**
 * The usage in the output of a LangChain run, as LangChain serializes it: in the message, which stands by itself or in the
 * first generation, or, if the output is text, beside it.
 */
export function usageOfRun(output: JsonObject = {}): JsonObject | undefined {
  const [first] = Array.isArray(output.generations) ? output.generations : []
  const generation = asObject(Array.isArray(first) ? first[0] : first)
  return (
    usageOfMessage(asObject(output.output)) ??
    usageOfMessage(asObject(generation?.message)) ??
    asObject(asObject(output.llm_output)?.token_usage)
  )
}

/**
 * LangChain's counts, completed by the response's own usage. LangChain for JavaScript copied Claude's input, which leaves out
 * cached tokens, and counts cached tokens twice in streams.
 */
function usageOfMessage(message: JsonObject | undefined): JsonObject | undefined {
  const members = asObject(message?.usage_metadata) === undefined ? asObject(message?.kwargs) : message
  const usage = asObject(members?.usage_metadata)
  const answered = asObject(asObject(members?.response_metadata)?.usage)
  if (usage === undefined || answered === undefined) return usage
  if (first(answered, ...inputNames) === first(usage, ...inputNames)) return { ...usage, ...answered }
  const { cache_creation, cache_creation_input_tokens, cache_read_input_tokens } = answered
  const cached = known({ cache_creation: cache_creation_input_tokens, cache_read: cache_read_input_tokens })
  return {
    ...usage,
    cache_creation,
    input_token_details: { ...asObject(usage.input_token_details), ...cached },
  }
}

/** LangChain states no cache writes, or zero, if it states them by duration, so that sums don't count them twice. */
function withAllWrites(usage: Usage | undefined): Usage | undefined {
  const byDuration = (usage?.cacheWrite5mTokens ?? 0) + (usage?.cacheWrite1hTokens ?? 0)
  return byDuration > (usage?.cacheWriteTokens ?? 0) ? { ...usage, cacheWriteTokens: byDuration } : usage
}

/** `{ web_search_requests: 2 }` */
function readServerTools(json: JsonObject | undefined): Record<string, number> | undefined {
  const tools: Record<string, number> = {}
  for (const name in json) {
    const requests = asCount(json[name])
    if (requests !== undefined && requests > 0) tools[name.replace(/_requests$/, '')] = requests
  }
  return Object.keys(tools).length === 0 ? undefined : tools
}

/** Anthropic and Bedrock leave cached tokens out of the input; they are recognized by members that only they have. */
function countingOf(json: JsonObject): CachedInput | undefined {
  if (has(json, 'input_tokens_details', 'prompt_tokens_details', 'prompt_tokens', 'cached_input_tokens'))
    return 'included'
  if (has(json, 'cache_creation_input_tokens', 'cache_read_input_tokens', 'cacheReadInputTokens'))
    return 'excluded'
  return undefined
}

/** https://ai.google.dev/api/generate-content#UsageMetadata: the prompt includes cached content, candidates leave out thoughts. */
function readGemini(json: JsonObject): RawUsage {
  const candidates = first(json, 'candidates_token_count', 'candidatesTokenCount')
  const thoughts = first(json, 'thoughts_token_count', 'thoughtsTokenCount')
  const prompt = first(json, 'prompt_token_count', 'promptTokenCount')
  const toolUse = first(json, 'tool_use_prompt_token_count', 'toolUsePromptTokenCount')
  const promptParts = json.prompt_tokens_details ?? json.promptTokensDetails
  const outputParts = json.candidates_tokens_details ?? json.candidatesTokensDetails
  const cacheParts = json.cache_tokens_details ?? json.cacheTokensDetails
  const total = first(json, 'total_token_count', 'totalTokenCount')
  // Some versions count thoughts among the candidates: then prompt and candidates already add up to the total.
  const isWhole = candidates !== undefined && sum(prompt, toolUse, candidates) === total
  const usage = knownUsage({
    inputTokens: sum(prompt, toolUse),
    cacheReadTokens: first(json, 'cached_content_token_count', 'cachedContentTokenCount'),
    outputTokens: isWhole ? candidates : sum(candidates, thoughts),
    reasoningTokens: thoughts,
    audioInputTokens: modality(promptParts, 'AUDIO'),
    imageInputTokens: modality(promptParts, 'IMAGE'),
    videoInputTokens: modality(promptParts, 'VIDEO'),
    audioCacheReadTokens: modality(cacheParts, 'AUDIO'),
    audioOutputTokens: modality(outputParts, 'AUDIO'),
    imageOutputTokens: modality(outputParts, 'IMAGE'),
  })
  return known<RawUsage>({ usage, totalTokens: total, cachedInput: usage && 'included' })
}

function has(json: JsonObject, ...names: string[]): boolean {
  return names.some((name) => json[name] !== undefined && json[name] !== null)
}

function firstObject(json: JsonObject, ...names: string[]): JsonObject {
  return asObject(json[names.find((name) => has(json, name)) ?? '']) ?? {}
}

function first(json: JsonObject, ...names: string[]): number | undefined {
  for (const name of names) {
    const value = asCount(json[name])
    if (value !== undefined) return value
  }
  return undefined
}

/** Tokens of a modality in Gemini's list of `{ modality, tokenCount }`. */
function modality(parts: unknown, name: string): number | undefined {
  return sumOf(parts, 'modality', name, 'tokenCount') ?? sumOf(parts, 'modality', name, 'token_count')
}

/** The counts under `count` of those items whose `key` is `value`. */
function sumOf(items: unknown, key: string, value: string, count: string): number | undefined {
  if (!Array.isArray(items)) return undefined
  return sum(
    ...items
      .map(asObject)
      .filter((item) => item?.[key] === value)
      .map((item) => asCount(item?.[count])),
  )
}

/** The sum of the known counts; unknown if none is. */
function sum(...counts: (number | undefined)[]): number | undefined {
  const stated = counts.filter((count) => count !== undefined)
  return stated.length === 0 ? undefined : stated.reduce((total, count) => total + count, 0)
}
