import type { ContextSheet, Sheet, TokenRates } from '../../src/price-file.ts'
import { defined, type Fact, perMillion, perThousand } from './facts.ts'
import { LITELLM_PROVIDERS } from './source-names.ts'

type Entry = Record<string, unknown> & { litellm_provider?: string; mode?: string }

const TOKEN_FIELDS: Record<string, string> = {
  input: 'input_cost_per_token',
  cacheRead: 'cache_read_input_token_cost',
  cacheWrite: 'cache_creation_input_token_cost',
  cacheWrite1h: 'cache_creation_input_token_cost_above_1hr',
  cacheWrite12h: 'cache_creation_input_token_cost_above_12hr',
  output: 'output_cost_per_token',
  reasoning: 'output_cost_per_reasoning_token',
  citation: 'citation_cost_per_token',
  audioInput: 'input_cost_per_audio_token',
  audioCacheRead: 'cache_read_input_audio_token_cost',
  audioOutput: 'output_cost_per_audio_token',
  imageInput: 'input_cost_per_image_token',
  imageOutput: 'output_cost_per_image_token',
  videoOutput: 'output_cost_per_video_token',
}

/** What LiteLLM's price map says: one price a model, no dates. */
export function readLitellm(data: Record<string, Entry>, date: string): Fact[] {
  const facts: Fact[] = []
  for (const [key, entry] of Object.entries(data)) {
    const provider = LITELLM_PROVIDERS[entry.litellm_provider ?? '']
    if (provider === undefined) continue
    const named = nameOf(key, provider)
    if (named === undefined) continue
    const sheet = sheetOf(entry)
    if (Object.keys(sheet).length === 0) continue
    facts.push({
      source: 'litellm',
      date,
      provider,
      model: named.model,
      sheet: named.region === undefined ? sheet : { regions: { [named.region]: sheet } },
    })
  }
  return facts
}

/**
 * Keys contain provider prefixes, Azure zones, Bedrock regions and profiles. Those with image sizes are skipped, as
 * these prices are kept by hand.
 */
function nameOf(key: string, provider: string): { model: string; region?: string } | undefined {
  if (/^(?:[a-z]+\/)?(?:\d+-x-\d+|max-x-max)\/|commitment|\/(?:low|medium|high|hd|standard)\/\d/.test(key))
    return undefined
  if (/^(?:low|medium|high|hd|standard)\/\d/.test(key)) return undefined
  if (/^(?:fireworks-ai|together-ai)-/.test(key)) return undefined
  let rest = key.replace(/^(?:bedrock_mantle|bedrock|text-completion-[a-z]+)\//, '')
  if (provider === 'aws.bedrock') {
    const region = /^(?:invoke\/|converse\/)?([a-z]{2}(?:-gov)?-[a-z]+-\d)\/(.+)$/.exec(rest)
    if (region !== null) return { model: stripProfile(region[2]!).model, region: region[1]! }
    return stripProfile(rest)
  }
  const prefix = PREFIXES[provider]
  if (prefix !== undefined) rest = rest.replace(prefix, '')
  if (provider === 'azure.ai.openai') {
    const zone = /^(us|eu|global-standard|global)\/(.+)$/.exec(rest)
    if (zone !== null)
      return zone[1]!.startsWith('global') ? { model: zone[2]! } : { model: zone[2]!, region: zone[1]! }
  }
  return { model: rest }
}

function stripProfile(id: string): { model: string; region?: string } {
  const match = /^(us-gov|us|eu|apac|jp|au|ca|in|global)\.(.+\..+)$/.exec(id)
  return match === null ? { model: id } : { model: match[2]!, region: match[1]! }
}

const PREFIXES: Record<string, RegExp> = {
  'azure.ai.openai': /^azure\//,
  'azure.ai.inference': /^azure_ai\//,
  'gcp.gemini': /^gemini\//,
  'gcp.vertex_ai': /^vertex_ai\//,
  fireworks_ai: /^fireworks_ai\/(?:accounts\/fireworks\/(?:models|routers)\/)?/,
  volcengine: /^volcengine\//,
  openai: /^openai\//,
  default: /^[a-z0-9_-]+\//,
}
for (const provider of Object.values(LITELLM_PROVIDERS)) PREFIXES[provider] ??= PREFIXES.default!
PREFIXES.anthropic = /^anthropic\//
PREFIXES.cohere = /^cohere\//

function sheetOf(entry: Entry): Sheet {
  const ranged = ranges(entry)
  const base = ranged.base ?? tokenRates(entry, '')
  const context = ranged.context ?? contextSheets(entry, '')
  const tiers: Record<string, Sheet> = {}
  for (const [tier, suffix] of [
    ['batch', '_batches'],
    ['flex', '_flex'],
    ['priority', '_priority'],
  ] as const) {
    const rates = tokenRates(entry, suffix)
    if (rates.input === undefined || rates.output === undefined) continue
    // A priority tier at the standard price is one that nobody filled in.
    if (tier === 'priority' && rates.input === base.input) continue
    tiers[tier] = defined({ perMillionTokens: rates, context: contextSheets(entry, suffix) })
  }
  const search = entry.search_context_cost_per_query as Record<string, number> | undefined
  const tokenPriced = base.input !== undefined || base.output !== undefined || base.imageOutput !== undefined
  return defined({
    perMillionTokens: tokenPriced && !allZeroBesideMedia(entry, base) ? withOutput(base, entry) : undefined,
    context,
    tiers: Object.keys(tiers).length > 0 ? tiers : undefined,
    perMillionCharacters: number(entry.input_cost_per_character, perMillion),
    ...secondPrices(entry),
    perImage: imagePrice(entry),
    perThousandPages: number(entry.ocr_cost_per_page, perThousand),
    perThousandAnnotatedPages: number(entry.annotation_cost_per_page, perThousand),
    perThousandSearchUnits:
      entry.mode === 'rerank' ? positive(entry.input_cost_per_query, perThousand) : undefined,
    perThousandCalls: search === undefined ? undefined : { web_search: searchFee(search, entry) },
  }) as Sheet
}

/** Zero per token says nothing if there is a price by piece. */
function allZeroBesideMedia(entry: Entry, rates: TokenRates): boolean {
  const media = [
    'ocr_cost_per_page',
    'input_cost_per_second',
    'output_cost_per_second',
    'input_cost_per_query',
    'output_cost_per_image',
    'input_cost_per_image',
    'input_cost_per_character',
    'output_cost_per_video_per_second',
  ]
  return (
    Object.values(rates).every((rate) => rate === 0) &&
    media.some((field) => typeof entry[field] === 'number' && (entry[field] as number) > 0)
  )
}

function withOutput(rates: TokenRates, entry: Entry): TokenRates {
  return rates.output === undefined && (entry.mode === 'embedding' || entry.mode === 'rerank')
    ? { ...rates, output: 0 }
    : rates
}

function tokenRates(entry: Entry, suffix: string): TokenRates {
  const rates: Record<string, number> = {}
  for (const [meter, field] of Object.entries(TOKEN_FIELDS)) {
    const value = entry[field + suffix]
    if (typeof value === 'number') rates[meter] = perMillion(value)
  }
  // Zero means "not stated" if the input has a price.
  if (rates.cacheWrite === 0) delete rates.cacheWrite
  if (rates.cacheRead === 0 && (rates.input ?? 0) > 0) delete rates.cacheRead
  return rates
}

function contextSheets(entry: Entry, tier: string): ContextSheet[] | undefined {
  const sheets: ContextSheet[] = []
  for (const thousands of [32, 100, 128, 200, 256, 272, 512]) {
    const suffix = `_above_${thousands}k_tokens${tier}`
    const rates = tokenRates(entry, suffix)
    if (typeof entry[`cache_creation_input_token_cost_above_1hr${suffix}`] === 'number') {
      rates.cacheWrite1h = perMillion(entry[`cache_creation_input_token_cost_above_1hr${suffix}`] as number)
    }
    if (rates.input !== undefined && rates.input > 0)
      sheets.push({ above: thousands * 1000, perMillionTokens: rates })
  }
  return sheets.length > 0 ? sheets : undefined
}

/** Ranges of the input: the first is the base, the others begin above its end. */
function ranges(entry: Entry): { base?: TokenRates; context?: ContextSheet[] } {
  const stated = entry.tiered_pricing as (Entry & { range?: [number, number] })[] | undefined
  if (stated === undefined || stated.some(({ range }) => range === undefined)) return {}
  const [first, ...others] = stated
  const context = others.map(
    (one): ContextSheet => ({ above: one.range![0], perMillionTokens: tokenRates(one, '') }),
  )
  return { base: tokenRates(first!, ''), ...(context.length > 0 ? { context } : {}) }
}

function secondPrices(entry: Entry): Sheet {
  const video =
    entry.output_cost_per_video_per_second ??
    (entry.mode === 'video_generation' ? entry.output_cost_per_second : undefined)
  if (typeof video === 'number' && video > 0) return { perSecondBySize: { default: video } }
  if (entry.mode !== 'audio_transcription') return {}
  // The published price, if the entry has it: the one per second is rounded.
  const published = (entry.metadata ?? {}) as Record<string, unknown>
  const { original_pricing_per_minute: perMinute, original_pricing_per_hour: perHour } = published
  if (typeof perMinute === 'number') return { perMinute }
  if (typeof perHour === 'number') return { perHour }
  return defined({ perSecond: positive(entry.input_cost_per_second, Number) })
}

function imagePrice(entry: Entry): number | undefined {
  if (entry.mode === 'image_generation' || entry.mode === 'image_edit') {
    return positive(entry.output_cost_per_image, Number) ?? positive(entry.input_cost_per_image, Number)
  }
  return undefined
}

function searchFee(
  search: Record<string, number>,
  entry: Entry,
): number | { low: number; medium: number; high: number } | { price: number; per: 'request' } {
  const [low, medium, high] = ['low', 'medium', 'high'].map((size) =>
    perThousand(search[`search_context_size_${size}`] ?? 0),
  ) as [number, number, number]
  if (low !== medium || medium !== high) return { low, medium, high }
  const gemini =
    /gemini|vertex/.test(entry.litellm_provider ?? '') && !/anthropic/.test(entry.litellm_provider ?? '')
  return gemini && entry.web_search_billing_unit !== 'per_query' ? { price: medium, per: 'request' } : medium
}

function number(value: unknown, convert: (value: number) => number): number | undefined {
  return typeof value === 'number' ? convert(value) : undefined
}

function positive(value: unknown, convert: (value: number) => number): number | undefined {
  return typeof value === 'number' && value > 0 ? convert(value) : undefined
}
