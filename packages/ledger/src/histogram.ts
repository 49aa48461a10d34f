/** A bucket ends half a percent above its start: so wrong a percentile read off the histogram alone may be. */
const BUCKETS_PER_OCTAVE = 128

/** The bucket that a duration falls in, on a logarithmic scale. */
export function bucketOf(microseconds: number): number {
  return microseconds < 1 ? 0 : Math.floor(Math.log2(microseconds) * BUCKETS_PER_OCTAVE)
}

/** The number of values in each bucket. */
export type Histogram = Map<number, number>

/** The values of some buckets, the least first, each with how many there are of it. */
export type BucketContents = Map<number, [value: number, count: number][]>

/** The percentile by its bucket alone, within which values are taken to lie evenly. */
export function percentile(histogram: Histogram, at: number): number {
  const { bucket, before, count } = placeOf(histogram, rankAt(histogram, at))
  const within = Math.min((rankAt(histogram, at) - before + 0.5) / count, 1)
  return Math.round(2 ** ((bucket + within) / BUCKETS_PER_OCTAVE))
}

/** The buckets whose contents tell the exact percentile. */
export function bucketsAt(histogram: Histogram, at: number): number[] {
  const rank = rankAt(histogram, at)
  return [Math.floor(rank), Math.ceil(rank)].map((whole) => placeOf(histogram, whole).bucket)
}

/** The percentile as SQL's `percentile_cont` defines it: between two values, in proportion, to DuckDB's last bit. */
export function exactPercentile(histogram: Histogram, contents: BucketContents, at: number): number {
  const rank = rankAt(histogram, at)
  const below = valueAt(histogram, contents, Math.floor(rank))
  const above = valueAt(histogram, contents, Math.ceil(rank))
  const part = rank - Math.floor(rank)
  return below * (1 - part) + above * part
}

function rankAt(histogram: Histogram, at: number): number {
  const size = [...histogram.values()].reduce((sum, count) => sum + count, 0)
  return at * (size - 1)
}

/** The bucket in which the value of a rank is, and how many values are before that bucket and in it. */
function placeOf(histogram: Histogram, rank: number): { bucket: number; before: number; count: number } {
  const place = { bucket: 0, before: 0, count: 0 }
  for (const [bucket, count] of [...histogram].toSorted(([one], [other]) => one - other)) {
    place.bucket = bucket
    place.before += place.count
    place.count = count
    if (rank < place.before + count) break
  }
  return place
}

function valueAt(histogram: Histogram, contents: BucketContents, rank: number): number {
  const { bucket, before } = placeOf(histogram, rank)
  let last = before - 1
  for (const [value, count] of contents.get(bucket)!) {
    last += count
    if (rank <= last) return value
  }
  throw new Error(`bucket ${bucket} holds no value of rank ${rank}`)
}
