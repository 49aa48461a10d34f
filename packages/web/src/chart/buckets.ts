import type { Bucket, ViewResult } from '../api/types.ts'

/** How long a bucket is; a month, on average. */
export const BUCKET_MILLISECONDS: Readonly<Record<Bucket, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 30 * 86_400_000,
}

/** A Monday: weeks begin there. */
const WEEK_EPOCH = Date.UTC(1970, 0, 5)

/** The number of the bucket that a time is in, counted from January 1970 or its first Monday. */
function ordinalOf(time: number, bucket: Bucket): number {
  const date = new Date(time)
  return bucket === 'month'
    ? (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth()
    : Math.floor((time - WEEK_EPOCH) / BUCKET_MILLISECONDS[bucket])
}

function startOf(ordinal: number, bucket: Bucket): number {
  return bucket === 'month' ? Date.UTC(1970, ordinal) : ordinal * BUCKET_MILLISECONDS[bucket] + WEEK_EPOCH
}

/** When the bucket that starts at this time ends. */
export function endOf(start: number, bucket: Bucket): number {
  return startOf(ordinalOf(start, bucket) + 1, bucket)
}

/** Every bucket of the range, also empty ones: a quiet night is a gap in the bars, not in the axis. */
export function bucketsOf({ range, rows }: ViewResult, bucket: Bucket): number[] {
  const first = range.since
    ? Date.parse(range.since)
    : Math.min(...rows.map((row) => Date.parse(String(row.bucket))))
  const buckets: number[] = []
  const end = Date.parse(range.until)
  for (
    let start = startOf(ordinalOf(first, bucket), bucket);
    start < end && buckets.length < 2000;
    start = endOf(start, bucket)
  )
    buckets.push(start)
  return buckets
}

/** From one labelled bucket to the next: numbers after which days, weeks or years begin anew. */
const STRIDES: Readonly<Record<Bucket, readonly number[]>> = {
  minute: [1, 5, 10, 15, 30, 60, 180, 360, 720, 1440],
  hour: [1, 2, 3, 6, 12, 24, 48, 168],
  day: [1, 2, 7, 14, 28],
  week: [1, 2, 4, 8, 13, 26, 52],
  month: [1, 3, 6, 12, 24, 60, 120],
}

/** The buckets that are labelled where there is room for so many labels. */
export function labelledBuckets(buckets: readonly number[], bucket: Bucket, room: number): number[] {
  const strides = STRIDES[bucket]
  const stride = strides.find((each) => buckets.length / each <= room) ?? strides.at(-1)!
  return buckets.filter((start) => ordinalOf(start, bucket) % stride === 0)
}
