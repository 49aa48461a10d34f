import type { Bucket } from '../api/types.ts'

/** The ledger counts its days in UTC, as providers bill; so the page prints UTC and says so. */
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec']

const DAY = 86_400_000

// Without `Intl`: a page's first `Intl.DateTimeFormat` takes a browser longer than everything else before it draws.
function day(date: Date): string {
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

/** With the year, unless it is this one. */
function dayOfMonth(date: Date, now: Date): string {
  return date.getUTCFullYear() === now.getUTCFullYear() ? day(date).replace(/ \d+$/, '') : day(date)
}

function minute(date: Date, now: Date): string {
  return `${dayOfMonth(date, now)}, ${date.toISOString().slice(11, 16)}`
}

/** `2026-11-21T05:59:58Z` → `21 Nov, 05:59`. */
export function formatMoment(time: string, now: Date = new Date()): string {
  return minute(new Date(time), now)
}

/** The start of a bucket of a trend: `9 Oct, 14:00`, or `9 Oct` if a bucket is a day or more. */
export function formatBucket(start: number, bucket: Bucket, now: Date = new Date()): string {
  return (bucket === 'minute' || bucket === 'hour' ? minute : dayOfMonth)(new Date(start), now)
}

/** Starts of buckets below a chart. What they have in common is in a second line, where it begins or changes. */
export function formatAxis(starts: readonly number[], bucket: Bucket): string[] {
  const isDays = starts.every((start) => start % DAY === 0)
  let before: string | undefined
  return starts.map((start) => {
    const date = new Date(start)
    const [dayAndMonth = '', year = ''] = day(date).split(/ (?=\d+$)/)
    const [own, common] = isDays ? [dayAndMonth, year] : [date.toISOString().slice(11, 16), dayAndMonth]
    const label = bucket === 'month' ? own.replace(/^1 /, '') : own
    const isCommon = common === before
    before = common
    return isCommon ? label : `${label}\n${common}`
  })
}

/** A date or time as the API takes it, in UTC if it has no offset; `NaN` for anything else, such as `7d`. */
export function parsePoint(time: string): number {
  const dated = /^\d{4}-\d\d-\d\d(?:([T ][\d:.]+)(Z|[+-]\d\d:?\d\d)?)?$/.exec(time)
  if (!dated) return Number.NaN
  return Date.parse(dated[1] === undefined || dated[2] !== undefined ? time : `${time}Z`)
}

/** `1 Oct`, with the year unless it is this one, and the time of day unless it is midnight. */
export function formatPoint(time: number, now: Date = new Date()): string {
  return (time % DAY === 0 ? dayOfMonth : minute)(new Date(time), now)
}

/** The same as the end of a range: a midnight is the whole day before it. */
export function formatEnd(time: number, now: Date = new Date()): string {
  return formatPoint(time % DAY === 0 ? time - DAY : time, now)
}

/** A range in whole days is named by its first and its last: `1 Oct 2026 – 31 Oct 2026`; any other by its times. */
export function formatRange(since: string, until: string, now: Date = new Date()): string {
  const [from, to] = [Date.parse(since), Date.parse(until)]
  if (from % DAY !== 0 || to % DAY !== 0)
    return `${minute(new Date(from), now)} – ${minute(new Date(to), now)}`
  const [first, last] = [day(new Date(from)), day(new Date(to - DAY))]
  return first === last ? first : `${first} – ${last}`
}

/** The length of a range in words, to name the period before it: `7 days`, `24 hours`. */
export function formatLength(since: string, until: string): string {
  const minutes = Math.round((Date.parse(until) - Date.parse(since)) / 60_000)
  const [count, unit] =
    minutes < 120
      ? [minutes, 'minute']
      : minutes < 49 * 60
        ? [Math.round(minutes / 60), 'hour']
        : [Math.round(minutes / 1440), 'day']
  return count === 1 ? unit : `${count} ${unit}s`
}
