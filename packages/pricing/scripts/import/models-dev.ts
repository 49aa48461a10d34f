import type { ContextSheet, Sheet, TokenRates } from '../../src/price-file.ts'
import { defined, type Fact } from './facts.ts'
import { MODELS_DEV_PROVIDERS } from './source-names.ts'

interface Cost {
  input?: number
  output?: number
  cache_read?: number
  cache_write?: number
  reasoning?: number
  input_audio?: number
  output_audio?: number
  tiers?: (Cost & { tier?: { size?: number } })[]
}
export type ModelsDevEntry = { cost?: Cost; release_date?: string }

/** What models.dev says: USD per million tokens, with release dates. */
export function readModelsDev(data: Record<string, Record<string, ModelsDevEntry>>, date: string): Fact[] {
  const facts: Fact[] = []
  for (const [name, models] of Object.entries(data)) {
    const provider = MODELS_DEV_PROVIDERS[name]
    if (provider === undefined) continue
    for (const [key, { cost, release_date }] of Object.entries(models)) {
      if (cost?.input === undefined || (cost.input === 0 && cost.output === 0 && !key.endsWith(':free')))
        continue
      const profile = provider === 'aws.bedrock' ? /^(us|eu|apac|jp|au|ca|global)\.(.+\..+)$/.exec(key) : null
      const sheet = sheetOf(cost)
      facts.push({
        source: 'models.dev',
        date,
        provider,
        model: profile === null ? bareName(provider, key) : profile[2]!,
        ...(release_date !== undefined &&
        /^\d{4}-\d{2}-\d{2}$/.test(release_date) &&
        !Number.isNaN(Date.parse(release_date))
          ? { from: release_date }
          : {}),
        sheet: profile === null ? sheet : { regions: { [profile[1]!]: sheet } },
      })
    }
  }
  return facts
}

function bareName(provider: string, key: string): string {
  return provider === 'fireworks_ai' ? key.replace(/^accounts\/fireworks\/(?:models|routers)\//, '') : key
}

function sheetOf(cost: Cost): Sheet {
  const context = (cost.tiers ?? [])
    .filter(({ tier }) => tier?.size !== undefined)
    .map(({ tier, ...rates }): ContextSheet => ({ above: tier!.size!, perMillionTokens: ratesOf(rates) }))
  return defined({
    perMillionTokens: ratesOf(cost),
    context: context.length > 0 ? context : undefined,
  }) as Sheet
}

function ratesOf(cost: Cost): TokenRates {
  return defined({
    input: cost.input,
    cacheRead: cost.cache_read || undefined,
    cacheWrite: cost.cache_write || undefined,
    output: cost.output,
    reasoning: cost.reasoning === cost.output ? undefined : cost.reasoning,
    audioInput: cost.input_audio || undefined,
    audioOutput: cost.output_audio || undefined,
  }) as TokenRates
}
