/** What the dashboard's variables leave, for metrics with every label of a call. */
export const chosen =
  'environment=~"$environment",team=~"$team",feature=~"$feature",provider=~"$provider",model=~"$model"'

/** Totals over the time range. */
export function total(metric: string, selector: string = chosen): string {
  return `increase(${metric}{${selector}}[$__range])`
}

/** A rate by the hour, since budgets are not kept by the second. */
export function hourly(metric: string, selector: string = chosen): string {
  return `rate(${metric}{${selector}}[$__rate_interval]) * 3600`
}

export const inputTokens: string = `${chosen},token_type=~"input|cache_read|cache_write"`
export const outputTokens: string = `${chosen},token_type=~"output|reasoning"`

/** Spend by priced calls: a call of unknown cost is no cheap call. */
export function costPerCall(by: readonly string[] = []): string {
  const sum = by.length === 0 ? 'sum' : `sum by (${by.join(', ')}) `
  return `${sum}(${total('spanmeter_cost_USD_total')}) / (${sum}(${total('spanmeter_call_cost_USD_count')}) > 0)`
}
