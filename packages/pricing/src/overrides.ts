import type { ModelMatch } from './model-match.ts'
import { checkOverrides } from './overrides-check.ts'
import type { Sheet } from './price-file.ts'
import type { PriceableCall } from './types.ts'

/** What the user writes: YAML or JSON, as an object. See the README for an example of each part. */
export interface OverridesInput {
  /** From a deployment, profile or any other name, with or without `provider/` before it, to a listed model. */
  aliases?: Record<string, string>
  /** Contract prices. They replace list and declared prices. */
  prices?: ContractPriceInput[]
  /** Percentages off the list price; a negative one is a margin. All that apply stack. */
  discounts?: DiscountInput[]
  /** Models on the user's own machines, priced by the duration of the call. */
  selfHosted?: SelfHostedInput[]
  /** Capacity bought by the hour: calls to it cost nothing more. Their list amount is kept. */
  provisioned?: ScopeInput[]
  /** USD for one unit of a currency, oldest first. */
  currencies?: Record<string, { from: string; usd: number }[]>
}

/** Which calls an entry applies to; what is left out doesn't restrict it. `model` may end in `*`. */
export interface ScopeInput {
  provider?: string
  model?: string
  tenant?: string
  /** First day or instant, UTC. */
  from?: string
  /** The first day or instant at which it no longer holds. */
  to?: string
}

export interface ContractPriceInput extends ScopeInput, Sheet {
  provider: string
  model: string
}

interface DiscountInput extends ScopeInput {
  percent: number
}

export interface SelfHostedInput extends ScopeInput {
  model: string
  /** Price of one second of the call. */
  perSecond?: number
  /** Price of one GPU for an hour, times `gpus`. */
  perGpuHour?: number
  gpus?: number
  currency?: string
}

/** Overrides, checked and prepared for use. */
export interface Overrides {
  readonly aliases: ReadonlyMap<string, string>
  readonly prices: readonly Scoped<ContractPriceInput>[]
  readonly discounts: readonly Scoped<DiscountInput>[]
  readonly selfHosted: readonly Scoped<SelfHostedInput>[]
  readonly provisioned: readonly Scoped<ScopeInput>[]
  readonly currencies: Readonly<Record<string, readonly { from: string; usd: number }[]>>
  /** Whether any entry is about one tenant only. */
  readonly namesTenants: boolean
}

/** An entry with its dates read: milliseconds since the epoch. */
export interface Scoped<Entry extends ScopeInput> {
  readonly entry: Entry
  readonly from: number
  readonly until: number
}

/** Checks what the user wrote and makes it ready. Throws `OverridesError`, which names the path of each problem. */
export function readOverrides(input: OverridesInput): Overrides {
  checkOverrides(input)
  const { prices = [], discounts = [], selfHosted = [], provisioned = [] } = input
  const scopes: ScopeInput[] = [...prices, ...discounts, ...selfHosted, ...provisioned]
  return {
    aliases: new Map(Object.entries(input.aliases ?? {}).map(([from, to]) => [from.toLowerCase(), to])),
    prices: prices.map(scoped),
    discounts: discounts.map(scoped),
    selfHosted: selfHosted.map(scoped),
    provisioned: provisioned.map(scoped),
    currencies: Object.fromEntries(
      Object.entries(input.currencies ?? {}).map(([code, rates]) => [code.toUpperCase(), rates]),
    ),
    namesTenants: scopes.some(({ tenant }) => tenant !== undefined),
  }
}

function scoped<Entry extends ScopeInput>(entry: Entry): Scoped<Entry> {
  return {
    entry,
    from: entry.from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(entry.from),
    until: entry.to === undefined ? Number.POSITIVE_INFINITY : Date.parse(entry.to),
  }
}

/** Whether an entry is about this call, whatever its dates. */
export function covers(entry: ScopeInput, call: PriceableCall, match: ModelMatch | undefined): boolean {
  const provider = entry.provider?.toLowerCase()
  return (
    (provider === undefined ||
      provider === call.provider.toLowerCase() ||
      provider === match?.provider.provider ||
      match?.provider.aliases?.some((alias) => alias.toLowerCase() === provider) === true) &&
    (entry.tenant === undefined || entry.tenant === call.tenant) &&
    (entry.model === undefined ||
      isNamed(entry.model, call.model) ||
      (match !== undefined && isNamed(entry.model, match.id)))
  )
}

function isNamed(pattern: string, id: string): boolean {
  const name = pattern.toLowerCase()
  const lower = id.toLowerCase()
  return name.endsWith('*') ? lower.startsWith(name.slice(0, -1)) : lower === name
}

/** The time around `at` during which the same of these entries hold. */
export function stableTime(
  entries: readonly Scoped<ScopeInput>[],
  at: number,
): { from: number; until: number } {
  let from = Number.NEGATIVE_INFINITY
  let until = Number.POSITIVE_INFINITY
  for (const entry of entries) {
    for (const boundary of [entry.from, entry.until]) {
      if (boundary <= at) from = Math.max(from, boundary)
      else until = Math.min(until, boundary)
    }
  }
  return { from, until }
}

/** Whether an entry holds at an instant. */
export function holds(entry: Scoped<ScopeInput>, at: number): boolean {
  return at >= entry.from && at < entry.until
}
