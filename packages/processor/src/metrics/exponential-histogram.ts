const maxBuckets = 160
/** Eight buckets for each doubling: a quantile is right to within 4.5 %. */
const initialScale = 3

/**
 * Base-2 exponential buckets of positive values, as in OpenTelemetry's data model:
 * https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram
 * If values are too far apart for 160 buckets, the resolution is halved.
 */
export class ExponentialHistogram {
  scale: number = initialScale
  zeroCount = 0
  min: number = Number.POSITIVE_INFINITY
  max: number = Number.NEGATIVE_INFINITY
  /** The count of bucket i is at i modulo 160: buckets that are in use are never so far apart that they share a place. */
  #counts = new Float64Array(maxBuckets)
  /** Buckets for each doubling. */
  #perDoubling = 2 ** initialScale
  #lowest = Number.POSITIVE_INFINITY
  #highest = Number.NEGATIVE_INFINITY

  /** Values of zero and below are counted as zero. */
  record(value: number): void {
    this.min = Math.min(this.min, value)
    this.max = Math.max(this.max, value)
    if (value <= 0) {
      this.zeroCount++
      return
    }
    let index = this.#indexOf(value)
    while (Math.max(this.#highest, index) - Math.min(this.#lowest, index) >= maxBuckets) {
      this.#downscale()
      index = this.#indexOf(value)
    }
    this.#counts[placeOf(index)]!++
    this.#lowest = Math.min(this.#lowest, index)
    this.#highest = Math.max(this.#highest, index)
  }

  /** Counts of consecutive buckets from bucket `offset` on; bucket i holds (base^i, base^(i+1)], base = 2^(2^-scale). */
  buckets(): { offset: number; counts: number[] } {
    if (this.#lowest > this.#highest) return { offset: 0, counts: [] }
    const offset = this.#lowest
    const length = this.#highest - offset + 1
    return { offset, counts: Array.from({ length }, (_, i) => this.#counts[placeOf(offset + i)]!) }
  }

  #indexOf(value: number): number {
    return Math.ceil(Math.log2(value) * this.#perDoubling) - 1
  }

  #downscale(): void {
    const { offset, counts } = this.buckets()
    const merged = new Float64Array(maxBuckets)
    for (const [i, count] of counts.entries()) merged[placeOf(Math.floor((offset + i) / 2))]! += count
    this.#counts = merged
    this.#lowest = Math.floor(this.#lowest / 2)
    this.#highest = Math.floor(this.#highest / 2)
    this.scale--
    this.#perDoubling /= 2
  }
}

function placeOf(index: number): number {
  const rest = index % maxBuckets
  return rest < 0 ? rest + maxBuckets : rest
}
