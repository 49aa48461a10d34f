import type { ViewResult } from '@spanmeter/ledger'
import { formatValue } from './format-value.ts'

/** The range of a view in words. */
export function period({ range: { since, until } }: ViewResult): string {
  return `${since === null ? 'no calls yet' : formatValue(since, 'time')} to ${formatValue(until, 'time')} UTC`
}

/** The range that a view is compared with. */
export function periodBefore({ range: { since, previous_since } }: ViewResult): string {
  return `${formatValue(previous_since, 'time')} to ${formatValue(since, 'time')} UTC`
}
