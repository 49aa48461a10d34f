import type { ViewResult } from '@spanmeter/ledger'
import { formatValue } from './format-value.ts'

/** What a reader of the figures has to know: what the limit left out, what is untagged, unpriced, estimated. */
export function footnotes({
  hidden,
  quality: { untagged, unpriced, estimated },
  by,
  view,
}: ViewResult): string[] {
  const notes: string[] = []
  if (hidden.rows > 0) {
    notes.push(
      `${formatValue(hidden.rows, 'count')} more not shown${amountOf(hidden)} (--limit); the total has them.`,
    )
  }
  if (untagged !== null && untagged.calls > 0) {
    notes.push(`Untagged: ${formatValue(untagged.cost, 'money')} in ${calls(untagged.calls)} without ${by}.`)
  }
  if (unpriced.calls > 0) {
    notes.push(
      `Unpriced: ${calls(unpriced.calls)} without a known price, in no amount above${view === 'quality' ? '' : ' (spanmeter report quality)'}.`,
    )
  }
  if (estimated.calls > 0) {
    notes.push(`Estimated: ${formatValue(estimated.cost, 'money')} in ${calls(estimated.calls)}.`)
  }
  return notes
}

function amountOf(hidden: ViewResult['hidden']): string {
  if (hidden.cost === null) return `, ${calls(hidden.calls)} without a known price`
  return hidden.cost === '0' ? '' : `, ${formatValue(hidden.cost, 'money')} in ${calls(hidden.calls)}`
}

function calls(count: number): string {
  return `${formatValue(count, 'count')} ${count === 1 ? 'call' : 'calls'}`
}
