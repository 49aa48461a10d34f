import type { ContextSheet, Sheet, TokenRates } from '../../src/price-file.ts'
import { defined, type Fact, perMillion } from './facts.ts'

interface Tier {
  isDefault?: boolean
  conditions: { source?: string; key?: string; values?: string[]; operator?: string; value?: number }[]
  prices: Record<string, number>
}
interface LangfuseEntry {
  modelName: string
  pricingTiers?: Tier[]
}

/**
 * What Langfuse's audited list says about OpenAI's, Anthropic's and Google's models, including service tiers and long
 * contexts.
 */
export function readLangfuse(data: LangfuseEntry[], date: string): Fact[] {
  const facts: Fact[] = []
  for (const { modelName, pricingTiers } of data) {
    const provider = providerOf(modelName)
    if (provider === undefined || pricingTiers === undefined) continue
    const sheet: Sheet = {}
    const tiers: Record<string, Sheet> = {}
    for (const tier of pricingTiers) {
      const rates = ratesOf(tier.prices)
      if (rates.input === undefined) continue
      const above = tier.conditions.find((condition) => condition.operator === 'gt')?.value
      const values = tier.conditions.find(
        (condition) => condition.key === 'service_tier' || condition.key === 'speed',
      )?.values
      const name =
        values === undefined
          ? undefined
          : provider === 'anthropic'
            ? 'fast'
            : values.includes('flex')
              ? 'flex'
              : 'priority'
      if (name !== undefined) tiers[name] ??= {}
      const target = name === undefined ? sheet : tiers[name]!
      if (above === undefined) target.perMillionTokens = rates
      else target.context = [{ above, perMillionTokens: rates } satisfies ContextSheet]
    }
    if (sheet.perMillionTokens === undefined) continue
    facts.push({
      source: 'langfuse',
      date,
      provider,
      model: modelName,
      sheet: Object.keys(tiers).length > 0 ? { ...sheet, tiers } : sheet,
    })
  }
  return facts
}

function providerOf(model: string): string | undefined {
  if (/^(?:gpt|o\d|chatgpt|text-embedding|ft:)/.test(model)) return 'openai'
  if (model.startsWith('claude')) return 'anthropic'
  return model.startsWith('gemini') ? 'gcp.gemini' : undefined
}

function ratesOf(prices: Record<string, number>): TokenRates {
  const rate = (...names: string[]): number | undefined => {
    const name = names.find((key) => prices[key] !== undefined)
    return name === undefined ? undefined : perMillion(prices[name]!)
  }
  return defined({
    input: rate('input'),
    cacheRead: rate('input_cache_read', 'input_cached_tokens', 'cache_read_input_tokens'),
    cacheWrite: rate(
      'input_cache_creation',
      'cache_creation_input_tokens',
      'cache_write_tokens',
      'input_cache_creation_5m',
    ),
    cacheWrite1h: rate('input_cache_creation_1h'),
    output: rate('output'),
    audioInput: rate('input_audio', 'input_audio_tokens'),
    audioOutput: rate('output_audio', 'output_audio_tokens'),
  }) as TokenRates
}
