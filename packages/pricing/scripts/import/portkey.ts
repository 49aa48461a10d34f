import type { ContextSheet, Sheet, TokenRates, ToolFee } from '../../src/price-file.ts'
import { defined, dollars, type Fact, perMillion, perThousand } from './facts.ts'
import { PORTKEY_PROVIDERS } from './source-names.ts'

type Priced = { price?: number }
type Pay = Record<string, Priced> & {
  additional_units?: Record<string, Priced>
  image?: Record<string, Record<string, Priced>>
}
interface Card {
  pricing_config?: { pay_as_you_go?: Pay }
  context_tiers?: Record<string, { pricing_config?: { pay_as_you_go?: Pay } }>
}
interface PortkeyEntry {
  pricing_config?: { pay_as_you_go?: Pay; batch_config?: Pay }
  custom_pricing?: {
    context_tier_map?: Record<string, string>
    regions?: Record<string, { execution_modes?: Record<string, Card> }>
  }
}

const TOKEN_FIELDS: Record<string, string[]> = {
  input: ['request_token', 'request_text_token'],
  cacheRead: ['cache_read_input_token', 'cache_read_text_input_token', 'cached_text_input_token'],
  cacheWrite: ['cache_write_input_token'],
  output: ['response_token', 'response_text_token'],
  reasoning: ['reasoning_token'],
  audioInput: ['request_audio_token'],
  audioCacheRead: ['cache_read_audio_input_token'],
  audioOutput: ['response_audio_token'],
  imageInput: ['request_image_token'],
  imageCacheRead: ['cache_read_image_input_token', 'cached_image_input_token'],
  imageOutput: ['response_image_token'],
}

/** What Portkey's model list says: cents; regions by service tier by size of the input; zero for unknown. */
export function readPortkey(data: Record<string, Record<string, PortkeyEntry>>, date: string): Fact[] {
  const facts: Fact[] = []
  for (const [name, models] of Object.entries(data)) {
    const provider = PORTKEY_PROVIDERS[name]
    if (provider === undefined) continue
    for (const [key, entry] of Object.entries(models)) {
      if (key === 'default' || /-gt-\d+k$/.test(key)) continue
      const model = modelName(provider, key)
      const long = models[key.replace(/-lte-(\d+)k$/, '-gt-$1k')]
      const sheet = sheetOf(entry, key === model ? undefined : longRates(key, entry, long), provider)
      if (Object.keys(sheet).length === 0) continue
      const profile = /^(us|eu|apac|jp|au|ca|global)\.(.+\..+)$/.exec(model)
      const split = provider === 'aws.bedrock' && profile !== null
      facts.push({
        source: 'portkey',
        date,
        provider,
        model: split ? profile[2]! : model,
        sheet: split ? { regions: { [profile[1]!]: sheet } } : sheet,
      })
    }
  }
  return facts
}

function modelName(provider: string, key: string): string {
  const bare = key.replace(/-lte-\d+k$/, '')
  return provider === 'fireworks_ai' ? bare.replace(/^accounts\/fireworks\/models\//, '') : bare
}

/** Gemini is listed twice a model, for short and for long inputs. */
function longRates(
  key: string,
  entry: PortkeyEntry,
  long: PortkeyEntry | undefined,
): ContextSheet[] | undefined {
  const above = Number(/-lte-(\d+)k$/.exec(key)?.[1]) * 1000
  const short = tokenRates(entry.pricing_config?.pay_as_you_go)
  const rates = tokenRates(long?.pricing_config?.pay_as_you_go)
  if (Number.isNaN(above) || rates.input === undefined || rates.input === short.input) return undefined
  return [{ above, perMillionTokens: rates }]
}

function sheetOf(entry: PortkeyEntry, context: ContextSheet[] | undefined, provider: string): Sheet {
  const pay = entry.pricing_config?.pay_as_you_go
  const regions = entry.custom_pricing?.regions ?? {}
  const thresholds = entry.custom_pricing?.context_tier_map
  const base = sheetOfPay(pay, provider)
  const modes = regionSheet(regions.default?.execution_modes, thresholds)
  const batch = tokenRates(entry.pricing_config?.batch_config)
  const tiers = {
    ...(batch.input === undefined ? {} : { batch: { perMillionTokens: batch } }),
    ...modes.tiers,
  }
  const regional: Record<string, Sheet> = {}
  for (const [names, { execution_modes }] of Object.entries(regions)) {
    if (names === 'default') continue
    const sheet = regionSheet(execution_modes, thresholds)
    for (const name of names.split(',')) regional[name] = sheet
  }
  const sheet = defined({
    ...base,
    ...defined({ perMillionTokens: modes.perMillionTokens }),
    context: modes.context ?? context,
    tiers: Object.keys(tiers).length > 0 ? tiers : undefined,
    regions: Object.keys(regional).length > 0 ? regional : undefined,
  }) as Sheet
  // Google charges for the storage of a cache by the hour, not for writing it; what stands here is neither.
  if (provider.startsWith('gcp.') && sheet.perMillionTokens !== undefined)
    delete sheet.perMillionTokens.cacheWrite
  return provider === 'gcp.vertex_ai' ? globalFirst(sheet) : sheet
}

/** Vertex' own prices are those of its global endpoint; some lists have the regional one first. */
function globalFirst({ regions, ...rest }: Sheet): Sheet {
  const { global, ...others } = (regions ?? {}) as Record<string, Sheet>
  const named = Object.values(others)
  if (global !== undefined) {
    const { perMillionTokens, context, tiers } = rest
    return {
      ...rest,
      ...global,
      regions: { regional: defined({ perMillionTokens, context, tiers }) as Sheet },
    }
  }
  // All regions that are singled out have the same price.
  return named.length > 0 ? { ...rest, regions: { regional: named[0]! } } : rest
}

function regionSheet(
  modes: Record<string, Card> | undefined,
  thresholds: Record<string, string> | undefined,
): Sheet {
  const sheet: Sheet = {}
  const tiers: Record<string, Sheet> = {}
  for (const [mode, card] of Object.entries(modes ?? {})) {
    const rates = cardSheet(card, thresholds)
    if (rates.perMillionTokens === undefined) continue
    if (mode === 'standard') Object.assign(sheet, rates)
    else tiers[mode] = rates
  }
  return Object.keys(tiers).length > 0 ? { ...sheet, tiers } : sheet
}

function cardSheet(card: Card, thresholds: Record<string, string> | undefined): Sheet {
  if (card.context_tiers === undefined) {
    const rates = tokenRates(card.pricing_config?.pay_as_you_go)
    return rates.input === undefined ? {} : { perMillionTokens: rates }
  }
  const sheet: Sheet = {}
  for (const [threshold, name] of Object.entries(thresholds ?? {})) {
    const rates = tokenRates(card.context_tiers[name]?.pricing_config?.pay_as_you_go)
    if (rates.input === undefined) continue
    if (threshold === '0') sheet.perMillionTokens = rates
    else sheet.context = [{ above: Number(threshold), perMillionTokens: rates }]
  }
  return sheet
}

/** Prices a token beyond these are Portkey's way of stating a price by piece. */
const BY_PIECE = 0.05

function sheetOfPay(pay: Pay | undefined, provider: string): Sheet {
  const rates = tokenRates(pay)
  const units = pay?.additional_units ?? {}
  const seconds = Object.fromEntries(
    Object.entries(units)
      .filter(([name, { price }]) => name.startsWith('video_duration_seconds_') && price)
      .map(([name, { price }]) => [
        name.replace('video_duration_seconds_', '').replace('_', 'x'),
        dollars(price!),
      ]),
  )
  const search = defined({
    low: fee(units.web_search_low_context),
    medium: fee(units.web_search_medium_context),
    high: fee(units.web_search_high_context),
  }) as { low: number; medium: number; high: number }
  return defined({
    perMillionTokens: rates.input !== undefined || rates.imageOutput !== undefined ? rates : undefined,
    perSecondBySize: Object.keys(seconds).length > 0 ? seconds : videoSeconds(units.video_seconds),
    perImage: imagePrices(pay?.image),
    perThousandRequests: Object.keys(search).length === 3 ? search : undefined,
    perThousandCalls: toolFees(units, provider),
  }) as Sheet
}

function videoSeconds(unit: Priced | undefined): Record<string, number> | undefined {
  return unit?.price ? { default: dollars(unit.price) } : undefined
}

function fee(unit: Priced | undefined): number | undefined {
  return unit?.price ? perThousand(dollars(unit.price)) : undefined
}

function toolFees(
  units: Record<string, Priced>,
  provider: string,
): Record<string, number | ToolFee> | undefined {
  // OpenAI's and Azure's fees hold for the whole list and are stated there.
  if (!provider.startsWith('gcp.') && provider !== 'x_ai') return undefined
  const fees: Record<string, number | ToolFee> = {}
  for (const tool of ['maps', 'enterprise_web_search']) {
    const price = fee(units[tool])
    if (price !== undefined) fees[tool] = price
  }
  return Object.keys(fees).length > 0 ? fees : undefined
}

function imagePrices(image: Record<string, Record<string, Priced>> | undefined): Sheet['perImage'] {
  if (image === undefined) return undefined
  const prices: Record<string, Record<string, number>> = {}
  for (const [quality, sizes] of Object.entries(image)) {
    for (const [size, { price }] of Object.entries(sizes)) {
      const name = size.toLowerCase()
      if (price) prices[name] = { ...prices[name], [quality]: dollars(price) }
    }
  }
  const all = new Set(Object.values(prices).flatMap((qualities) => Object.values(qualities)))
  if (all.size === 0) return undefined
  return all.size === 1 ? [...all][0]! : prices
}

function tokenRates(pay: Pay | undefined): TokenRates {
  const rates: Record<string, number> = {}
  for (const [meter, fields] of Object.entries(TOKEN_FIELDS)) {
    for (const field of fields) {
      const price = pay?.[field]?.price
      if (price !== undefined && rates[meter] === undefined) rates[meter] = perMillion(dollars(price))
    }
  }
  const oneHour = pay?.additional_units?.cache_write_1h?.price
  if (oneHour) rates.cacheWrite1h = perMillion(dollars(oneHour))
  const image = pay?.additional_units?.image_token?.price
  if (image) rates.imageOutput = perMillion(dollars(image))
  const video = pay?.additional_units?.output_video_token?.price
  if (video) rates.videoOutput = perMillion(dollars(video))
  if ((rates.input ?? 0) === 0 && (rates.output ?? 0) === 0 && rates.imageOutput === undefined) return {}
  if ((pay?.request_token?.price ?? 0) >= BY_PIECE) return {}
  for (const meter of ['cacheRead', 'cacheWrite', 'reasoning', 'audioInput', 'audioOutput'] as const)
    if (rates[meter] === 0) delete rates[meter]
  if ((rates.audioInput ?? 0) > 2_000) delete rates.audioInput
  return rates
}
