import type { ViewResult } from '@spanmeter/ledger'
import { formatValue } from './format-value.ts'

/** The range of a view in words. */
export function period({ range: { since, until } }: ViewResult): string {
  return since === null
    ? 'no calls yet'
    : `${formatValue(since, 'time')} to ${formatValue(until, 'time')} UTC`
}

/** The range that a view is compared with. */
export function periodBefore({ range: { since, previous_since, first_call } }: ViewResult): string {
  const before = `${formatValue(previous_since, 'time')} to ${formatValue(since, 'time')} UTC`
  return first_call === undefined
    ? before
    : `${before} (the ledger begins on ${formatValue(first_call, 'time')})`
}
