import { LedgerError } from './errors.ts'

const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/**
 * Reads a point in time: how long ago (`15m`, `24h`, `7d`, `4w`), or an RFC 3339 date or time, in UTC if it has no
 * offset.
 *
 * @throws LedgerError `ledger_invalid_query`
 */
export function parseTime(text: string, now: Date = new Date()): Date {
  const ago = /^(\d{1,6})([smhdw])$/.exec(text)
  if (ago !== null) return new Date(now.getTime() - Number(ago[1]) * UNITS[ago[2]!]!)
  if (text === 'now') return now
  const dated = /^\d{4}-\d{2}-\d{2}(?:([T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
    text,
  )
  const time =
    dated === null
      ? Number.NaN
      : Date.parse(dated[1] === undefined || dated[2] !== undefined ? text : `${text}Z`)
  // 31 February would be read as 3 March.
  const exists = !Number.isNaN(time) && isoDay(Date.parse(text.slice(0, 10))) === text.slice(0, 10)
  if (!exists) {
    throw new LedgerError(
      'ledger_invalid_query',
      `'${text}' is not a time: give 24h or 7d (ago), 2026-10-01, or 2026-10-01T08:00:00Z`,
    )
  }
  return new Date(time)
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

/** Reads a length of time, such as a retention of `400d`, into milliseconds. */
export function parseDuration(text: string): number {
  const match = /^(\d{1,6})([smhdw])$/.exec(text)
  if (match === null)
    throw new LedgerError('ledger_invalid_query', `'${text}' is not a length of time: give 12h, 30d or 52w`)
  return Number(match[1]) * UNITS[match[2]!]!
}

export const BUCKETS = ['minute', 'hour', 'day', 'week', 'month'] as const
export type Bucket = (typeof BUCKETS)[number]

/** The bucket that gives a range some 24 to 200 points. */
export function chooseBucket(since: Date, until: Date): Bucket {
  const length = until.getTime() - since.getTime()
  if (length <= 3 * UNITS.h!) return 'minute'
  if (length <= 8 * UNITS.d!) return 'hour'
  if (length <= 200 * UNITS.d!) return 'day'
  return length <= 200 * UNITS.w! ? 'week' : 'month'
}

/**
 * How many calendar months (UTC) a range is long, as a decimal string: a whole month is exactly 1, part of a month
 * counts by its days.
 */
export function monthsIn(since: Date, until: Date): string {
  let months = 0
  for (let from = since.getTime(); from < until.getTime(); ) {
    const month = new Date(from)
    const start = Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), 1)
    const end = Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1)
    months += (Math.min(end, until.getTime()) - from) / (end - start)
    from = end
  }
  return months.toFixed(9)
}
