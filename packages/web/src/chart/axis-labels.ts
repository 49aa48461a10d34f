import { formatMoney } from '../format/money.ts'
import { formatCompact } from '../format/quantity.ts'

/** The fewest digits after the point that print every multiple of a step exactly: none, or at least two. */
function fractionDigits(step: number): number {
  if (Number.isInteger(step)) return 0
  let digits = 2
  while (digits < 12 && Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) > 1e-6) digits++
  return digits
}

/** The labels of the axis of a chart that begins at 0: amounts with equally many digits. */
export function axisLabels(splits: readonly number[], type: 'money' | 'count'): string[] {
  if (type === 'count') return splits.map(formatCompact)
  const digits = fractionDigits(splits[1] ?? 1)
  return splits.map((value) => {
    if (value === 0) return '$0'
    // `1e-7` is no decimal string.
    return value >= 10_000 ? `$${formatCompact(value)}` : formatMoney(value.toFixed(12), digits)
  })
}
