const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const compact = new Intl.NumberFormat('en-US', {
  notation: 'compact',
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
})
const oneDigit = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })
const tenths = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** `151200` → `151,200`. */
export function formatCount(count: number): string {
  return grouped.format(count)
}

/** `1 call`, `151,200 calls`. */
export function formatCalls(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'call' : 'calls'}`
}

/** `2410300211` → `2.41B`, `21000` → `21.0K`: for token counts, where three digits are enough. */
export function formatCompact(count: number): string {
  if (count < 100) return oneDigit.format(count)
  return count < 10_000 ? grouped.format(count) : compact.format(count)
}

/** `0.6005` → `60.1 %`; more than 0 is never printed as 0. */
export function formatRatio(ratio: number): string {
  const percent = ratio * 100
  if (percent !== 0 && Math.abs(percent) < 0.1) return percent > 0 ? '<0.1%' : '>−0.1%'
  const size = Math.abs(percent)
  return `${percent < 0 ? '−' : ''}${(size >= 1000 ? grouped : tenths).format(size)}%`
}

/** With an explicit sign, for changes. */
export function formatRatioChange(ratio: number): string {
  return ratio > 0 ? `+${formatRatio(ratio)}`.replace('+<', '<') : formatRatio(ratio)
}

/** `812` → `812 ms`, `3150` → `3.15 s`, `125000` → `2 min 5 s`. */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 99_950) return `${(milliseconds / 1000).toPrecision(3)} s`
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
