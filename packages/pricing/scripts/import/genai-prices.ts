import type { ContextSheet, Sheet, TokenRates } from '../../src/price-file.ts'
import { defined, type Fact } from './facts.ts'
import { GENAI_PRICES_PROVIDERS } from './source-names.ts'

type Value = number | { base: number; tiers: { start: number; price: number }[] } | undefined
type Prices = Record<string, Value>
type Match = { equals?: string; or?: Match[]; and?: Match[]; [kind: string]: unknown }
interface Constraint {
  type?: string
  start_date?: string
}
/** What is charged for requests made in this way. */
interface Variant {
  when: { processing?: string; service_tier?: string; speed?: string }
  constraint?: Constraint
  prices: Prices
}
interface GenaiPricesProvider {
  id: string
  models: {
    id: string
    match: Match
    prices: Prices | { constraint?: Constraint; prices: Prices }[]
    price_variants?: Variant[]
  }[]
}

const TOKEN_FIELDS: Record<string, string> = {
  input: 'input_mtok',
  cacheRead: 'cache_read_mtok',
  cacheWrite: 'cache_write_mtok',
  cacheWrite1h: 'cache_write_1h_mtok',
  output: 'output_mtok',
  reasoning: 'output_reasoning_mtok',
  citation: 'output_citation_mtok',
  audioInput: 'input_audio_mtok',
  audioCacheRead: 'cache_audio_read_mtok',
  audioOutput: 'output_audio_mtok',
  imageInput: 'input_image_mtok',
  imageCacheRead: 'cache_image_read_mtok',
  imageOutput: 'output_image_mtok',
  videoInput: 'input_video_mtok',
  videoOutput: 'output_video_mtok',
}

/**
 * What genai-prices says, the only source with dates. Prices by time of day are left out, as it applies its windows
 * even before the date they begin.
 */
export function readGenaiPrices(data: GenaiPricesProvider[], date: string): Fact[] {
  const facts: Fact[] = []
  for (const { id, models } of data) {
    const provider = GENAI_PRICES_PROVIDERS[id]
    if (provider === undefined) continue
    for (const model of models) {
      const aliases = exactNames(model.match).filter((name) => name !== model.id)
      const region = /^(regional|global)\.(.+)$/.exec(model.id)
      const dated = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }]
      if (dated.some(({ constraint }) => constraint?.type === 'time_of_date')) continue
      for (const [index, { constraint, prices }] of dated.entries()) {
        const isLast = index === dated.length - 1
        const tiers = isLast ? tiersOf(model.price_variants ?? [], provider, date) : undefined
        const sheet = { ...sheetOf(prices, provider), ...(tiers !== undefined && { tiers }) }
        if (Object.keys(sheet).length === 0) continue
        facts.push({
          source: 'genai-prices',
          date,
          provider,
          model: region === null ? model.id : region[2]!,
          ...(constraint?.start_date === undefined ? {} : { from: constraint.start_date }),
          ...(dated[index + 1]?.constraint?.start_date === undefined
            ? {}
            : { until: dated[index + 1]!.constraint!.start_date! }),
          ...(aliases.length > 0 && region === null ? { aliases } : {}),
          sheet: region?.[1] === 'regional' ? { regions: { geo: sheet, 'in-region': sheet } } : sheet,
        })
      }
    }
  }
  return facts
}

/** The names that it matches exactly. Prefixes and regular expressions are guesses, not names. */
function exactNames(match: Match): string[] {
  if (typeof match.equals === 'string') return [match.equals]
  return (match.or ?? []).flatMap(exactNames)
}

function sheetOf(prices: Prices, provider: string): Sheet {
  const starts = new Set<number>()
  for (const value of Object.values(prices))
    if (typeof value === 'object') for (const { start } of value.tiers) starts.add(start)
  const context = [...starts]
    .sort((a, b) => a - b)
    .map((start): ContextSheet => {
      const rates = tokenRates(prices, start)
      // 271999 and 199999 are its way of writing "272,000 and more". OpenAI's own model pages say "more than 272K".
      if (start % 1000 !== 999) return { above: start, perMillionTokens: rates }
      return provider === 'openai'
        ? { above: start + 1, perMillionTokens: rates }
        : { from: start + 1, perMillionTokens: rates }
    })
  const rates = tokenRates(prices, -1)
  return defined({
    perMillionTokens: Object.keys(rates).length > 0 ? rates : undefined,
    context: context.length > 0 ? context : undefined,
    perHour: plain(prices.input_audio_hours ?? prices.audio_hours),
    perThousandPages: plain(prices.input_document_kpages),
    perThousandAnnotatedPages: plain(prices.input_annotated_document_kpages),
  }) as Sheet
}

/** Its tiers that are ours too. Any other name is the same price again, or no tier. */
const TIERS: ReadonlySet<string> = new Set(['batch', 'flex', 'priority', 'fast'])

/**
 * The variants in force on the day; the data set lists the latest first. OpenAI's `fast` is another name for priority.
 */
function tiersOf(
  variants: readonly Variant[],
  provider: string,
  date: string,
): Record<string, Sheet> | undefined {
  const tiers: Record<string, Sheet> = {}
  for (const { when, constraint, prices } of variants) {
    const tier = when.processing ?? when.service_tier ?? when.speed
    if (tier === undefined || !TIERS.has(tier) || (provider === 'openai' && tier === 'fast')) continue
    if ((constraint?.start_date ?? date) <= date) tiers[tier] ??= sheetOf(prices, provider)
  }
  return Object.keys(tiers).length > 0 ? tiers : undefined
}

function plain(value: Value): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function tokenRates(prices: Prices, above: number): TokenRates {
  const rates: Record<string, number> = {}
  for (const [meter, field] of Object.entries(TOKEN_FIELDS)) {
    const value = prices[field]
    if (typeof value === 'number') rates[meter] = value
    else if (value !== undefined)
      rates[meter] = value.tiers.findLast(({ start }) => start <= above)?.price ?? value.base
  }
  if (rates.input !== undefined && rates.output === undefined && rates.imageOutput === undefined)
    rates.output = 0
  return rates
}
