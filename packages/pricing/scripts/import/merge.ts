import type { DatedPrice, ModelPrices, Sheet, TokenRates } from '../../src/price-file.ts'
import type { Fact, SourceName } from './facts.ts'

/** Which data set is believed first where several state a part of a price and no decision says otherwise. */
export const DEFAULT_ORDER: readonly SourceName[] = [
  'genai-prices',
  'portkey',
  'litellm',
  'models.dev',
  'langfuse',
]

/** The first day of a price of which the data sets know only the end. */
const UNKNOWN = '2023-01-01'

const META = ['from', 'sources', 'checked', 'note'] as const

/** One model from all that the data sets say about it. The first of `order` that states its rates sets them; the others add parts. */
export function mergeModel(facts: readonly Fact[], order: readonly SourceName[]): ModelPrices | undefined {
  const sorted = facts.toSorted((a, b) => order.indexOf(a.source) - order.indexOf(b.source))
  const direct = sorted.filter(({ sheet }) => Object.keys(sheet).some((key) => key !== 'regions'))
  const regional = sorted.filter(
    // A data set whose base price is outdated has outdated regional prices too.
    ({ source, sheet }) =>
      sheet.regions !== undefined &&
      direct.every((fact) => fact.source !== source || sameBase(fact.sheet, direct[0]!.sheet)),
  )
  const lead = direct[0] ?? regional[0]
  if (lead === undefined) return undefined
  const released = facts.find(({ source, from }) => source === 'models.dev' && from !== undefined)?.from
  const timeline = direct.length === 0 ? [lead] : direct.filter(({ source }) => source === lead.source)
  const prices = timeline.map((fact, index): DatedPrice => {
    const later = timeline[index + 1]
    const current = later === undefined
    const helpers = direct.filter(
      (other) => other.source !== fact.source && (current || other.date < later.from!),
    )
    const agreeing = helpers.filter((other) => sameBase(fact.sheet, other.sheet))
    const sheet = mergeSheets([fact, ...agreeing].map((one) => one.sheet))
    if (current && direct.length > 0) addRegions(sheet, regional)
    completeTiers(sheet)
    const known = released ?? earliest(facts)
    const from =
      fact.from !== undefined && fact.source === 'genai-prices'
        ? fact.from
        : later !== undefined && known >= later.from!
          ? UNKNOWN
          : known
    const sources = [fact, ...agreeing].map((one) => `${one.source}@${one.date}`)
    const checked = [fact, ...agreeing]
      .map((one) => one.date)
      .sort()
      .at(-1)!
    return { from, sources: [...new Set(sources)], checked, ...sheet }
  })
  const dated = prices.filter((price, index) => index === 0 || price.from > prices[index - 1]!.from)
  if (dated.some((price) => Object.keys(price).every((key) => (META as readonly string[]).includes(key))))
    return undefined
  if (direct.length === 0 && !liftRegions(dated[0]!, regional)) return undefined
  const aliases = [...new Set(facts.flatMap((fact) => fact.aliases ?? []))]
  return aliases.length > 0 ? { aliases, prices: dated } : { prices: dated }
}

function earliest(facts: readonly Fact[]): string {
  return facts.map(({ date }) => date).sort()[0]!
}

/** Whether two data sets speak of the same price: parts of different prices don't mix. */
function sameBase(a: Sheet, b: Sheet): boolean {
  const left = a.perMillionTokens
  const right = b.perMillionTokens
  if (left === undefined || right === undefined) return true
  return near(left.input, right.input) && near(left.output, right.output)
}

function near(a: number | undefined, b: number | undefined): boolean {
  return a === undefined || b === undefined || Math.abs(a - b) <= 0.001 * Math.max(a, b)
}

function mergeSheets(sheets: readonly Sheet[]): Sheet {
  const merged: Sheet = {}
  for (const sheet of sheets) {
    const { perMillionTokens, tiers, regions, perThousandCalls, ...rest } = sheet
    if (perMillionTokens !== undefined)
      merged.perMillionTokens = { ...perMillionTokens, ...merged.perMillionTokens }
    for (const [tier, card] of Object.entries(tiers ?? {})) {
      const known = merged.tiers?.[tier]
      merged.tiers = { ...merged.tiers, [tier]: known === undefined ? card : mergeSheets([known, card]) }
    }
    if (regions !== undefined) merged.regions = { ...regions, ...merged.regions }
    if (perThousandCalls !== undefined)
      merged.perThousandCalls = { ...perThousandCalls, ...merged.perThousandCalls }
    for (const [key, value] of Object.entries(rest)) {
      if ((merged as Record<string, unknown>)[key] === undefined)
        (merged as Record<string, unknown>)[key] = value
    }
  }
  return merged
}

/** Regional prices: as a factor if they are a multiple of the base, and left out if they equal it. */
function addRegions(sheet: Sheet, facts: readonly Fact[]): void {
  const regions: NonNullable<Sheet['regions']> = {}
  const all = [
    ...facts.flatMap(({ sheet: { regions: named } }) => Object.entries(named ?? {})),
    ...Object.entries(sheet.regions ?? {}),
  ]
  for (const [name, regional] of all) {
    if (regions[name] !== undefined || 'factor' in regional || regional.perMillionTokens === undefined)
      continue
    const factor = factorOf(sheet.perMillionTokens, regional.perMillionTokens)
    // Ten times the price is a slip of the decimal point, not a region.
    if (factor === 1 || (factor ?? 1) > 5) continue
    regions[name] = factor === undefined ? completed(regional) : { factor }
  }
  if (Object.keys(regions).length > 0) sheet.regions = regions
  else delete sheet.regions
}

function completed(sheet: Sheet): Sheet {
  completeTiers(sheet)
  return sheet
}

function factorOf(base: TokenRates | undefined, rates: TokenRates): number | undefined {
  if (base?.input === undefined || rates.input === undefined || base.input === 0) return undefined
  const factor = Number((rates.input / base.input).toFixed(6))
  // Providers state whole percents; anything else is a price of its own.
  if (Number(factor.toFixed(2)) !== factor) return undefined
  for (const [meter, rate] of Object.entries(rates)) {
    const own = base[meter as keyof TokenRates]
    if (own === undefined || Math.abs(own * factor - rate) > 0.006 * rate + 0.0006) return undefined
  }
  return factor
}

/** A model that is only ever offered regionally has the rates of its first region as base. */
function liftRegions(price: DatedPrice, facts: readonly Fact[]): boolean {
  const first =
    facts.flatMap(({ sheet }) => Object.entries(sheet.regions ?? {})).find(([name]) => name === 'us') ??
    Object.entries(facts[0]?.sheet.regions ?? {})[0]
  if (first === undefined || 'factor' in first[1]) return false
  delete price.regions
  Object.assign(price, first[1])
  addRegions(price, facts)
  completeTiers(price)
  return price.perMillionTokens !== undefined || price.perImage !== undefined || price.perSecond !== undefined
}

/**
 * Tiers are published as absolute rates, often of input and output alone. Rates that they leave out are derived from
 * the base, in the same proportion as input; likewise for long contexts.
 */
function completeTiers(sheet: Sheet): void {
  const base = sheet.perMillionTokens
  if (base?.input) {
    for (const long of sheet.context ?? []) {
      fill(long.perMillionTokens, base, (long.perMillionTokens.input ?? base.input) / base.input)
    }
  }
  for (const tier of Object.values(sheet.tiers ?? {})) {
    const rates = tier.perMillionTokens
    if (base?.input === undefined || rates === undefined || !base.input) continue
    rates.input ??= base.input
    const ratio = rates.input / base.input
    fill(rates, base, ratio)
    if (tier.context === undefined && sheet.context !== undefined && ratio < 1) {
      tier.context = sheet.context.map((long) => ({
        ...long,
        perMillionTokens: fill({}, long.perMillionTokens, ratio),
      }))
    }
    for (const long of tier.context ?? []) {
      const standard = sheet.context?.find(({ above }) => above === long.above)
      if (standard !== undefined) fill(long.perMillionTokens, standard.perMillionTokens, ratio)
    }
  }
}

function fill(rates: TokenRates, base: TokenRates, ratio: number): TokenRates {
  for (const [meter, rate] of Object.entries(base))
    rates[meter as keyof TokenRates] ??= Number((rate * ratio).toPrecision(10))
  return rates
}
