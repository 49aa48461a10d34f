import { atScale, type Decimal, decimal, divide, multiply, shift } from './decimal.ts'
import { type Sheet, TOKEN_METERS, type TokenMeter, type ToolFee } from './price-file.ts'
import type { Draft } from './rules/types.ts'
import type { CostComponent, CostSource, PriceableCall } from './types.ts'

const OTHER_METERS = [
  'characters',
  'seconds',
  'videoSeconds',
  'images',
  'pages',
  'annotatedPages',
  'searchUnits',
  'requests',
] as const

/** The kinds of things that are counted, each billed at one rate. Every token of a call counts as exactly one kind. */
export type Meter = TokenMeter | (typeof OTHER_METERS)[number]

/** Token meters first. */
export const METERS: readonly Meter[] = [...TOKEN_METERS, ...OTHER_METERS]

/** The component of the cost under which each meter is stated. */
export const COMPONENT_OF: Record<Meter, CostComponent> = {
  input: 'input',
  cacheRead: 'cache_read',
  cacheWrite: 'cache_write',
  cacheWrite1h: 'cache_write',
  cacheWrite12h: 'cache_write',
  output: 'output',
  reasoning: 'output',
  citation: 'output',
  audioInput: 'audio',
  audioCacheRead: 'cache_read',
  audioOutput: 'audio',
  imageInput: 'image',
  imageCacheRead: 'cache_read',
  imageOutput: 'image',
  videoInput: 'input',
  videoOutput: 'output',
  characters: 'audio',
  seconds: 'audio',
  videoSeconds: 'output',
  images: 'image',
  pages: 'requests',
  annotatedPages: 'requests',
  searchUnits: 'requests',
  requests: 'requests',
}

/** Tokens without a rate of their own are billed at the rate of the wider kind. */
const WIDER: Partial<Record<TokenMeter, TokenMeter>> = {
  cacheRead: 'input',
  cacheWrite: 'input',
  cacheWrite1h: 'cacheWrite',
  cacheWrite12h: 'cacheWrite',
  reasoning: 'output',
  audioInput: 'input',
  audioCacheRead: 'cacheRead',
  audioOutput: 'output',
  imageInput: 'input',
  imageCacheRead: 'cacheRead',
  imageOutput: 'output',
  videoInput: 'input',
  videoOutput: 'output',
}

/** A rate in USD per unit of its meter; `per` other than 1 where the price has no finite decimal per unit. */
export interface Rate {
  readonly value: Decimal
  readonly per: number
}

/** All rates for one kind of call, multiplied out. */
export interface RateCard {
  readonly stamp: string
  readonly source: CostSource
  readonly decisions: readonly string[]
  readonly rates: Readonly<Partial<Record<Meter, Rate>>>
  readonly billsTokens: boolean
  readonly minimumSeconds: number
  readonly tools: Readonly<Record<string, Rate & { readonly perRequest: boolean; readonly note?: string }>>
  /** Rates as integers of 10^-`scale` by meter index, where all of them are safe integers. */
  readonly integers: Float64Array | undefined
  readonly scale: number
}

/** Multiplies a draft out into the rates of every meter. */
export function rateCard(draft: Draft): RateCard {
  const { sheet, call } = draft
  const rates: Partial<Record<Meter, Rate>> = {}
  const add = (
    meter: Meter,
    price: number | undefined,
    digits: number,
    factor: Decimal | undefined,
    per = 1,
  ) => {
    if (price === undefined) return
    let value = multiply(shift(decimal(price), digits), draft.totalFactor)
    if (factor !== undefined) value = multiply(value, factor)
    rates[meter] = { value, per }
  }
  const { rateFactor } = draft
  const tokenRates = sheet.perMillionTokens
  if (tokenRates !== undefined) {
    for (const meter of TOKEN_METERS) {
      let source: TokenMeter | undefined = meter
      while (source !== undefined && tokenRates[source] === undefined) source = WIDER[source]
      if (meter === 'output' && source === undefined) source = soleOutput(tokenRates)
      if (source !== undefined) add(meter, tokenRates[source], 6, rateFactor)
    }
  }
  add('characters', sheet.perMillionCharacters, 6, rateFactor)
  addSeconds(call, sheet, (meter, price, per) => add(meter, price, 0, rateFactor, per))
  add('images', imagePrice(sheet, call), 0, rateFactor)
  add('pages', sheet.perThousandPages, 3, rateFactor)
  add('annotatedPages', sheet.perThousandAnnotatedPages, 3, rateFactor)
  add('searchUnits', sheet.perThousandSearchUnits, 3, rateFactor)
  add('requests', requestPrice(sheet, call), 3, undefined)
  return {
    stamp: draft.stamp,
    source: draft.source,
    decisions: draft.decisions,
    rates,
    billsTokens: tokenRates !== undefined,
    minimumSeconds: sheet.minimumSeconds ?? 0,
    tools: toolRates(draft),
    ...asIntegers(rates),
  }
}

/** Models that only make images or speech list no rate for text output; all of their output is that. */
function soleOutput(rates: Partial<Record<TokenMeter, number>>): TokenMeter | undefined {
  const kinds = (['imageOutput', 'audioOutput', 'videoOutput'] as const).filter(
    (meter) => rates[meter] !== undefined,
  )
  return kinds.length === 1 ? kinds[0] : undefined
}

/** Video is priced by resolution, speech by duration alone. */
function addSeconds(
  call: PriceableCall,
  sheet: Sheet,
  add: (meter: 'seconds' | 'videoSeconds', price: number, per: number) => void,
): void {
  const bySize = sheet.perSecondBySize
  const sized = bySize === undefined ? undefined : (bySize[normalSize(call.image?.size)] ?? bySize.default)
  if (sized !== undefined) add('videoSeconds', sized, 1)
  if (sheet.perSecond !== undefined) add('seconds', sheet.perSecond, 1)
  else if (sheet.perMinute !== undefined) add('seconds', sheet.perMinute, 60)
  else if (sheet.perHour !== undefined) add('seconds', sheet.perHour, 3600)
}

function normalSize(size: string | undefined): string {
  return size === undefined ? 'default' : size.toLowerCase().replace(/[*×]|-x-/g, 'x')
}

function imagePrice({ perImage }: Sheet, { image }: PriceableCall): number | undefined {
  if (perImage === undefined || typeof perImage === 'number') return perImage
  const bySize = perImage[normalSize(image?.size)] ?? perImage.default
  if (bySize === undefined || typeof bySize === 'number') return bySize
  return bySize[image?.quality?.toLowerCase() ?? 'default'] ?? bySize.default
}

/** Request fees by the size of the search context; providers search with the small one unless asked. */
function requestPrice(
  { perThousandRequests }: Sheet,
  { searchContextSize }: PriceableCall,
): number | undefined {
  return typeof perThousandRequests === 'object'
    ? perThousandRequests[searchContextSize ?? 'low']
    : perThousandRequests
}

function toolRates({ call, match, sheet, totalFactor }: Draft): RateCard['tools'] {
  const fees = { ...match.provider.perThousandCalls, ...sheet.perThousandCalls }
  const rates: Record<string, Rate & { perRequest: boolean; note?: string }> = {}
  for (const [name, fee] of Object.entries(fees)) {
    const stated: ToolFee = typeof fee === 'number' ? { price: fee } : fee
    const price = stated.price ?? stated[call.searchContextSize ?? 'medium']
    if (price === undefined) continue
    rates[name] = {
      value: multiply(shift(decimal(price), 3), totalFactor),
      per: 1,
      perRequest: stated.per === 'request',
      ...(stated.freeAllowance === undefined
        ? {}
        : { note: `tools: ${name}, ${stated.freeAllowance} not known per call, not deducted` }),
    }
  }
  return rates
}

/** The finest scale that any rate needs. Beyond 10^-15, safe integers could hold too little money. */
function asIntegers(rates: RateCard['rates']): Pick<RateCard, 'integers' | 'scale'> {
  const integers = new Float64Array(METERS.length).fill(Number.NaN)
  let scale = 6
  for (const meter of METERS) scale = Math.max(scale, rates[meter]?.value.scale ?? 0)
  if (scale > 15) return { integers: undefined, scale }
  for (const [index, meter] of METERS.entries()) {
    const rate = rates[meter]
    if (rate === undefined || rate.per !== 1) continue
    const units = Number(atScale(rate.value, scale))
    if (!Number.isSafeInteger(units)) return { integers: undefined, scale }
    integers[index] = units
  }
  return { integers, scale }
}

/** What `quantity` of a meter costs, exactly; hourly rates are rounded at 10^-12. */
export function costOf(rate: Rate, quantity: number): Decimal {
  const cost = multiply(rate.value, decimal(quantity))
  return rate.per === 1 ? cost : divide(cost, rate.per)
}
