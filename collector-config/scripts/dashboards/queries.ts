export const cost = 'spanmeter_cost_USD_total'
export const calls = 'spanmeter_calls_total'
export const tokens = 'spanmeter_tokens_total'

export const environment = 'environment=~"$environment"'

/** What the dashboard's variables leave, for metrics with every label of a call. */
export const chosen: string = `${environment},team=~"$team",feature=~"$feature",provider=~"$provider",model=~"$model"`

export const inputTokens: string = `${chosen},token_type=~"input|cache_read|cache_write"`
export const outputTokens: string = `${chosen},token_type=~"output|reasoning"`

/** Totals over the time range. */
export function total(metric: string, selector: string = chosen): string {
  return `increase(${metric}{${selector}}[$__range])`
}

/** What caches saved over the time range: a gauge, since writes that are never read cost more than they save. */
export function savings(): string {
  return `delta(spanmeter_cache_savings_USD{${chosen}}[$__range])`
}

export function perSecond(metric: string, selector: string = chosen): string {
  return `rate(${metric}{${selector}}[$__rate_interval])`
}

/** A rate by the hour, since budgets are not kept by the second. */
export function hourly(metric: string, selector: string = chosen): string {
  return `${perSecond(metric, selector)} * 3600`
}

/** Spend by priced calls: a call of unknown cost is no cheap call. */
export function costPerCall(by: readonly string[] = []): string {
  return ratio(total(cost), total('spanmeter_call_cost_USD_count'), by)
}

/** Over time; `selector` says of which tokens. */
export function tokensPerCall(selector: string, by: readonly string[] = []): string {
  return ratio(perSecond(tokens, selector), perSecond(calls), by)
}

/** The sum of one by the sum of the other; nothing where that is zero. */
export function ratio(dividend: string, divisor: string, by: readonly string[] = []): string {
  const sum = by.length === 0 ? 'sum' : `sum by (${by.join(', ')}) `
  return `${sum}(${dividend}) / (${sum}(${divisor}) > 0)`
}
