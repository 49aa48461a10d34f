import { type Row, sumMoney, type ViewResult } from '@spanmeter/ledger'
import { formatValue } from './format-value.ts'

/** What a reader of the figures has to know: what the limit has left out, and what is untagged, unpriced or estimated. */
export function footnotes(result: ViewResult): string[] {
  const { hidden, by, view, totals } = result
  const { untagged, unpriced, estimated } = result.quality
  const notes: string[] = []
  if (hidden.rows > 0) notes.push(`${describeHidden(result)}; the total has them.`)
  if (view === 'margin' && isOfSome(totals)) {
    notes.push(
      'Margin: only of calls with a known revenue and a known cost; the other totals are of all calls.',
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

/** What the limit has left out. */
export function describeHidden({ hidden }: ViewResult): string {
  return `${formatValue(hidden.rows, 'count')} more not shown${amountOf(hidden)} (--limit)`
}

/** Whether a margin leaves out part of the cost or revenue. */
function isOfSome({ cost, revenue, margin }: Row): boolean {
  return typeof margin === 'string' && sumMoney([margin, cost as string | null]) !== revenue
}

function amountOf(hidden: ViewResult['hidden']): string {
  if (hidden.cost === null) return `, ${calls(hidden.calls)} without a known price`
  return hidden.cost === '0' ? '' : `, ${formatValue(hidden.cost, 'money')} in ${calls(hidden.calls)}`
}

function calls(count: number): string {
  return `${formatValue(count, 'count')} ${count === 1 ? 'call' : 'calls'}`
}
