import type { MeteredCall } from '../enrichment/metered-call.ts'
import { spanIdOf, traceIdOf } from '../otlp/span-identity.ts'
import { ExponentialHistogram } from './exponential-histogram.ts'
import type { MetricDefinition } from './metric-definitions.ts'
import type { FamilyReading } from './reading.ts'
import { SeriesBlock } from './series-block.ts'

/** In the order in which they are written out. */
export type Labels = Readonly<Record<string, string>>

/** A call that is an example for the value that it is attached to. */
export interface Exemplar {
  value: number
  traceId: string
  spanId: string
  unixNano: bigint
}

/** The largest double that fits into 64 bits. */
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

/** A histogram, both with explicit buckets, for the text format, and with exponential ones, for OTLP. */
export class HistogramSeries {
  readonly labels: Labels
  readonly startUnixNano: bigint
  readonly exponential: ExponentialHistogram = new ExponentialHistogram()
  readonly bounds: readonly number[]
  /** One more than there are bounds: the last bucket is above all of them. Not cumulative. */
  readonly bucketCounts: number[]
  /** For each bucket the sum of its values, and the last one. */
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

  /** One for each bucket that has a value. */
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
  readonly #definition: MetricDefinition
  readonly #create: CreateSeries<Series>
  readonly #count: SeriesCount
  readonly #byKey = new Map<string, { readonly series: Series; readonly place: number }>()

  constructor(definition: MetricDefinition, create: CreateSeries<Series>, count: SeriesCount) {
    this.#definition = definition
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
   * All series. Those that aren't among the first `seen` that have begun are shown at zero: Prometheus' `increase()` only sees the
   * growth after a counter's first sample, so that the first call of a new tenant would be lost.
   */
  read(seen: number): FamilyReading<Series> {
    return { definition: this.#definition, series: this.#read(seen) }
  }

  *#read(seen: number): Iterable<Series> {
    for (const { series, place } of this.#byKey.values())
      yield place <= seen ? series : this.#create(series.labels, series.startUnixNano)
  }

  removeWhere(matches: (labels: Labels) => boolean): void {
    for (const [key, { series }] of this.#byKey) if (matches(series.labels)) this.#byKey.delete(key)
  }
}
