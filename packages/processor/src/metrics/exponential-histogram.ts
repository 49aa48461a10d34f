const maxBuckets = 160
/** Eight buckets for each doubling: a quantile is right to within 4.5 %. */
const initialScale = 3

/**
 * Base-2 exponential buckets of positive values, as in OpenTelemetry's data model:
 * https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram
 * Values too far apart for 160 buckets halve the resolution.
 */
export class ExponentialHistogram {
  scale: number = initialScale
  zeroCount = 0
  min: number = Number.POSITIVE_INFINITY
  max: number = Number.NEGATIVE_INFINITY
  private counts = new Map<number, number>()
  private lowest = Number.POSITIVE_INFINITY
  private highest = Number.NEGATIVE_INFINITY

  /** Values of zero and below are counted as zero. */
  record(value: number): void {
    this.min = Math.min(this.min, value)
    this.max = Math.max(this.max, value)
    if (value <= 0) {
      this.zeroCount++
      return
    }
    const index = this.indexOf(value)
    this.counts.set(index, (this.counts.get(index) ?? 0) + 1)
    this.lowest = Math.min(this.lowest, index)
    this.highest = Math.max(this.highest, index)
    while (this.span() > maxBuckets) this.downscale()
  }

  /** Counts of consecutive buckets from bucket `offset` on; bucket i holds (base^i, base^(i+1)], base = 2^(2^-scale). */
  buckets(): { offset: number; counts: number[] } {
    if (this.counts.size === 0) return { offset: 0, counts: [] }
    const offset = this.lowest
    const counts = Array.from({ length: this.span() }, (_, i) => this.counts.get(offset + i) ?? 0)
    return { offset, counts }
  }

  private indexOf(value: number): number {
    return Math.ceil(Math.log2(value) * 2 ** this.scale) - 1
  }

  private span(): number {
    return this.highest - this.lowest + 1
  }

  private downscale(): void {
    const merged = new Map<number, number>()
    for (const [index, count] of this.counts) {
      const target = Math.floor(index / 2)
      merged.set(target, (merged.get(target) ?? 0) + count)
    }
    this.counts = merged
    this.lowest = Math.floor(this.lowest / 2)
    this.highest = Math.floor(this.highest / 2)
    this.scale--
  }
}
