import type { MeteredCall } from '../enrichment/metered-call.ts'
import { spanIdOf, traceIdOf } from '../otlp/span-identity.ts'
import { ExponentialHistogram } from './exponential-histogram.ts'
import type { MetricDefinition } from './metric-definitions.ts'
import { SeriesBlock } from './series-block.ts'

/** In the order in which they are written out. */
export type Labels = Readonly<Record<string, string>>

/** One call that stands for the value it is attached to. */
export interface Exemplar {
  value: number
  traceId: string
  spanId: string
  unixNano: bigint
}

/** The last that a double can tell from what 64 bits can't hold. */
const LAST_NANOSECOND = 2 ** 64 - 2 ** 11

function exemplarOf(block: SeriesBlock, slot: number): Exemplar | undefined {
  const identity = block.lastIdentity(slot)
  if (identity === undefined) return undefined
  return {
    value: block.lastValue(slot),
    traceId: traceIdOf(identity),
    spanId: spanIdOf(identity),
    unixNano: BigInt(Math.min(Math.round(block.lastEndUnixMillis(slot) * 1e6), LAST_NANOSECOND)),
  }
}

export class NumberSeries {
  readonly labels: Labels
  readonly startUnixNano: bigint
  readonly #block: SeriesBlock
  readonly #slot: number

  constructor(labels: Labels, startUnixNano: bigint, block: SeriesBlock = new SeriesBlock(1), slot = 0) {
    this.labels = labels
    this.startUnixNano = startUnixNano
    this.#block = block
    this.#slot = slot
  }

  add(value: number, call?: MeteredCall): void {
    this.#block.add(this.#slot, value, call)
  }

  get exemplar(): Exemplar | undefined {
    return exemplarOf(this.#block, this.#slot)
  }

  get value(): number {
    return this.#block.value(this.#slot)
  }
}

/** Explicit buckets for the text format, which has no others, and exponential ones for OTLP, of the same values. */
export class HistogramSeries {
  readonly labels: Labels
  readonly startUnixNano: bigint
  readonly exponential: ExponentialHistogram = new ExponentialHistogram()
  readonly bounds: readonly number[]
  /** One more than bounds: the last is above them all. Not cumulative. */
  readonly bucketCounts: number[]
  /** Of each bucket the values that fell into it: their sum, and the last one. */
  readonly #block: SeriesBlock
  count = 0

  constructor(labels: Labels, startUnixNano: bigint, bounds: readonly number[]) {
    this.labels = labels
    this.startUnixNano = startUnixNano
    this.bounds = bounds
    this.bucketCounts = new Array(bounds.length + 1).fill(0)
    this.#block = new SeriesBlock(bounds.length + 1)
  }

  record(value: number, call: MeteredCall): void {
    let bucket = 0
    while (bucket < this.bounds.length && value > this.bounds[bucket]!) bucket++
    this.bucketCounts[bucket]!++
    this.#block.add(bucket, value, call)
    this.exponential.record(value)
    this.count++
  }

  /** One a bucket, where it has any value. */
  get exemplars(): (Exemplar | undefined)[] {
    return this.bucketCounts.map((_, bucket) => exemplarOf(this.#block, bucket))
  }

  get sumOfValues(): number {
    return this.bucketCounts.reduce((sum, _, bucket) => sum + this.#block.value(bucket), 0)
  }
}

/** How many series have begun so far, of all families. */
export interface SeriesCount {
  begun: number
}

type CreateSeries<Series> = (labels: Labels, startUnixNano?: bigint) => Series

/** A metric and its series by label set. */
export class SeriesFamily<Series extends NumberSeries | HistogramSeries> {
  readonly definition: MetricDefinition
  readonly #create: CreateSeries<Series>
  readonly #count: SeriesCount
  readonly #byKey = new Map<string, { readonly series: Series; readonly place: number }>()

  constructor(definition: MetricDefinition, create: CreateSeries<Series>, count: SeriesCount) {
    this.definition = definition
    this.#create = create
    this.#count = count
  }

  /** The series of these labels, made if there is none. */
  at(labels: Labels): Series {
    const known = this.#byKey.get(JSON.stringify(labels))
    if (known !== undefined) return known.series
    const series = this.#create(labels)
    this.add(series)
    return series
  }

  add(series: Series): void {
    this.#byKey.set(JSON.stringify(series.labels), { series, place: ++this.#count.begun })
  }

  /**
   * All series, those after the first `seen` that began as empty ones of the same labels: Prometheus' `increase()` knows
   * a counter's growth only from its second sample on, so a new tenant's first call would be lost.
   */
  *read(seen: number): Iterable<Series> {
    for (const { series, place } of this.#byKey.values())
      yield place <= seen ? series : this.#create(series.labels, series.startUnixNano)
  }

  removeWhere(matches: (labels: Labels) => boolean): void {
    for (const [key, { series }] of this.#byKey) if (matches(series.labels)) this.#byKey.delete(key)
  }
}
