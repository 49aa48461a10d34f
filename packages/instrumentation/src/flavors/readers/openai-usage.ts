import { asCount, asName, asNumber, asObject, type JsonObject } from '../../wire/json.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse, GenAiUsage } from '../types.ts'
import { inDollars } from './declared-cost.ts'
import { known } from './known.ts'

const NO_DETAILS: JsonObject = {}

/**
 * Usage as stated by OpenAI's APIs and by everyone who speaks them: `prompt_tokens`/`completion_tokens` in chats,
 * `input_tokens`/`output_tokens` in responses. The totals include their parts.
 *
 * @param model as some models are counted in their own way.
 * @returns `undefined` where nothing is stated, or nothing but zeros: the placeholder of a stream under way.
 */
export function readOpenAiUsage(value: unknown, model?: string): GenAiUsage | undefined {
  const usage = asObject(value)
  if (usage === undefined) return undefined
  const inputDetails = inputDetailsOf(usage)
  const outputDetails = outputDetailsOf(usage)
  const total = asCount(usage.total_tokens)
  const output = asCount(usage.completion_tokens) ?? asCount(usage.output_tokens)
  const input = asCount(usage.prompt_tokens) ?? asCount(usage.input_tokens)
  if (!input && !output) return undefined
  const reasoning = asCount(outputDetails.reasoning_tokens) ?? asCount(usage.reasoning_tokens)
  const audioInput = asCount(inputDetails.audio_tokens)
  const citations = asCount(usage.citation_tokens)
  const unlisted = total === undefined ? 0 : total - (input ?? 0) - (output ?? 0) - (citations ?? 0)
  const cacheCreation =
    asObject(inputDetails.cache_creation) ??
    asObject(inputDetails.cache_creation_token_details) ??
    asObject(usage.cache_creation) ??
    NO_DETAILS
  const cachedDetails = asObject(inputDetails.cached_tokens_details) ?? NO_DETAILS
  const cacheRead =
    asCount(inputDetails.cached_tokens) ??
    asCount(inputDetails.cache_read_input_tokens) ??
    asCount(usage.prompt_cache_hit_tokens) ??
    asCount(usage.cached_tokens) ??
    asCount(usage.cached_input_tokens) ??
    asCount(usage.num_cached_tokens) ??
    asCount(usage.cache_read_input_tokens) ??
    asCount(usage.precached_prompt_tokens)
  const cacheWrite =
    asCount(inputDetails.cache_write_tokens) ??
    asCount(inputDetails.cache_creation_tokens) ??
    asCount(inputDetails.cache_creation_input_tokens) ??
    // Requesty's name for it, https://docs.requesty.ai
    asCount(inputDetails.caching_tokens) ??
    asCount(usage.cache_creation_input_tokens) ??
    // Letta's name for it.
    asCount(usage.cache_write_tokens)
  const isReadBeside = cacheRead !== undefined && (cacheRead > (input ?? 0) || leavesOutCached(usage, model))
  // Portkey's gateway counts as Anthropic does, and only its total includes what is cached.
  const cached = (cacheRead ?? 0) + (cacheWrite ?? 0)
  const isAllBeside = 'cache_read_input_tokens' in usage && unlisted === cached
  const besideInput =
    (unlisted > 0 && unlisted === audioInput ? audioInput : 0) +
    (isAllBeside ? cached : isReadBeside ? cacheRead : 0)
  return known<GenAiUsage>({
    inputTokens: input === undefined ? undefined : input + besideInput,
    cacheReadTokens: cacheRead,
    cacheWriteTokens: cacheWrite,
    cacheWrite5mTokens: asCount(cacheCreation.ephemeral_5m_input_tokens),
    cacheWrite1hTokens: asCount(cacheCreation.ephemeral_1h_input_tokens),
    cacheWrite12hTokens: asCount(asObject(inputDetails.cache_write_tokens_details)?.ttl_12h_tokens),
    outputTokens: output === undefined ? undefined : output + outsideOf(unlisted, reasoning, model, usage),
    reasoningTokens: reasoning,
    textInputTokens: asCount(inputDetails.text_tokens),
    textCacheReadTokens: asCount(cachedDetails.text_tokens),
    textOutputTokens: asCount(outputDetails.text_tokens),
    audioInputTokens: audioInput,
    audioCacheReadTokens: asCount(cachedDetails.audio_tokens) ?? asCount(inputDetails.audio_cached_tokens),
    audioOutputTokens: asCount(outputDetails.audio_tokens),
    imageInputTokens: asCount(inputDetails.image_tokens),
    imageCacheReadTokens: asCount(cachedDetails.image_tokens),
    imageOutputTokens: asCount(outputDetails.image_tokens),
    videoInputTokens: asCount(inputDetails.video_tokens),
    citationTokens: citations,
  })
}

/** For APIs that produce no tokens: some state only a total, which is the input. */
export function readInputUsage(value: unknown): GenAiUsage | undefined {
  const total = asCount(asObject(value)?.total_tokens)
  return readOpenAiUsage(value) ?? (total ? { inputTokens: total } : undefined)
}

/** GigaChat, and Grok on Azure, don't include cached tokens in the input. */
function leavesOutCached(usage: JsonObject, model: string | undefined): boolean {
  if ('precached_prompt_tokens' in usage) return true
  // Azure's name for it, also with models that do include them.
  return 'audio_prompt_tokens' in usage && model?.startsWith('grok') === true
}

/**
 * The cost in USD that a reseller states with the tokens, beside the usage or (LiteLLM's proxy) in a header.
 *
 * @param document what holds the usage.
 */
export function readDeclaredCost(
  response: ObservedResponse,
  value: unknown,
  document?: JsonObject,
): GenAiResponse['declaredCost'] {
  const usage = asObject(value) ?? {}
  const header = response.header('x-litellm-response-cost')
  const ticks = asNumber(usage.cost_in_usd_ticks)
  const credits = asNumber(asObject(document?.copilot_usage)?.total_nano_aiu)
  const amount =
    (header === undefined || header === '' ? undefined : asNumber(Number(header))) ??
    openCodeCostOf(document) ??
    chargedOf(usage) ??
    asNumber(asObject(usage.cost)?.total_cost) ??
    // Exa's.
    asNumber(asObject(document?.costDollars)?.total) ??
    nanoGptCostOf(document) ??
    veniceCostOf(document) ??
    // DeepInfra's name for what it will charge.
    asNumber(usage.estimated_cost) ??
    // xAI counts in ticks of 10^-10 USD, https://docs.x.ai/docs/key-information/consumption-and-rate-limits
    (ticks === undefined ? undefined : ticks / 10_000_000_000) ??
    // GitHub Copilot counts in billionths of a credit; a credit is a cent.
    (credits === undefined ? undefined : credits / 100_000_000_000)
  return amount !== undefined && amount >= 0 ? inDollars(amount) : undefined
}

/** NanoGPT's; it may have been paid in another currency: https://docs.nano-gpt.com */
function nanoGptCostOf(document: JsonObject | undefined): number | undefined {
  const pricing = asObject(document?.x_nanogpt_pricing) ?? {}
  const cost = asNumber(pricing.cost) ?? asNumber(pricing.amount)
  return asNumber(pricing.costUsd) ?? (pricing.paymentSource === 'USD' ? cost : undefined)
}

/**
 * OpenCode's, a string beside the answer or in an event after it. The usage may state what the provider behind OpenCode
 * was paid.
 */
function openCodeCostOf(document: JsonObject | undefined): number | undefined {
  const cost = asName(document?.cost)
  return cost === undefined ? undefined : asNumber(Number(cost))
}

/** Venice's, unless it was paid in DIEM, its own currency: https://docs.venice.ai/overview/vvv-diem */
function veniceCostOf(document: JsonObject | undefined): number | undefined {
  const cost = asObject(document?.cost) ?? {}
  return cost.diem === 0 ? asNumber(cost.usd) : undefined
}

/**
 * With the customer's own key, a reseller charges at most a fee, and the provider's part is added where it is stated.
 * Vercel's gateway states the cost both without and with surcharges.
 */
function chargedOf(usage: JsonObject): number | undefined {
  const charged = asNumber(usage.gateway_cost) ?? asNumber(usage.cost)
  if (charged === undefined || usage.is_byok !== true) return charged
  const upstream = asNumber(asObject(usage.cost_details)?.upstream_inference_cost)
  return upstream === undefined ? undefined : charged + upstream
}

/**
 * Output tokens that the stated output leaves out. Only the total includes them: xAI's reasoning, and Gemini's thoughts
 * in its OpenAI-compatible API, which doesn't itemise them. Vercel's gateway leaves them out of the total as well, but
 * the cost that it states covers them.
 */
function outsideOf(
  unlisted: number,
  reasoning: number | undefined,
  model: string | undefined,
  usage: JsonObject,
): number {
  if (usage.market_cost !== undefined && unlisted === 0) return reasoning ?? 0
  if (unlisted <= 0) return 0
  if (reasoning !== undefined && reasoning > 0) return unlisted === reasoning ? reasoning : 0
  return model?.includes('gemini') ? unlisted : 0
}

export function inputDetailsOf(usage: JsonObject): JsonObject {
  return (
    asObject(usage.prompt_tokens_details) ??
    asObject(usage.prompt_token_details) ??
    asObject(usage.prompt_token_detail) ??
    asObject(usage.input_tokens_details) ??
    asObject(usage.input_token_details) ??
    asObject(usage.input_token_detail) ??
    NO_DETAILS
  )
}

export function outputDetailsOf(usage: JsonObject): JsonObject {
  return (
    asObject(usage.completion_tokens_details) ??
    asObject(usage.completion_token_details) ??
    asObject(usage.completion_token_detail) ??
    asObject(usage.output_tokens_details) ??
    asObject(usage.output_token_details) ??
    asObject(usage.output_token_detail) ??
    NO_DETAILS
  )
}
