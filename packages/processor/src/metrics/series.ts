import type { MeteredCall } from '../enrichment/metered-call.ts'
import { spanIdOf, traceIdOf } from '../otlp/span-identity.ts'
import { ExponentialHistogram } from './exponential-histogram.ts'
import type { MetricDefinition } from './instruments.ts'

/** In the order in which they are written out. */
export type Labels = Readonly<Record<string, string>>

/** One call that stands for the value it is attached to. */
export interface Exemplar {
  value: number
  traceId: string
  spanId: string
  unixNano: bigint
}

function exemplarOf({ identity, endUnixMillis }: MeteredCall, value: number): Exemplar {
  return {
    value,
    traceId: traceIdOf(identity),
    spanId: spanIdOf(identity),
    unixNano: BigInt(Math.round(endUnixMillis * 1e6)),
  }
}

export type Reader = 'prometheus' | 'otlp'

/** A sum with Neumaier's compensation: ten million additions of a millionth of a dollar still give ten dollars. */
class Sum {
  private sum = 0
  private compensation = 0

  add(value: number): void {
    const next = this.sum + value
    this.compensation +=
      Math.abs(this.sum) >= Math.abs(value) ? this.sum - next + value : value - next + this.sum
    this.sum = next
  }

  get value(): number {
    return this.sum + this.compensation
  }
}

export class NumberSeries {
  readonly labels: Labels
  readonly startUnixNano: bigint
  private readonly sum = new Sum()
  private lastCall: MeteredCall | undefined
  private lastValue = 0

  constructor(labels: Labels, startUnixNano: bigint) {
    this.labels = labels
    this.startUnixNano = startUnixNano
  }

  /** `call`: stands for the value as its exemplar. */
  add(value: number, call?: MeteredCall): void {
    this.sum.add(value)
    if (call === undefined) return
    this.lastCall = call
    this.lastValue = value
  }

  get exemplar(): Exemplar | undefined {
    return this.lastCall && exemplarOf(this.lastCall, this.lastValue)
  }

  get value(): number {
    return this.sum.value
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
  private readonly sum = new Sum()
  /** Of each bucket, the last value and its call. */
  private readonly lastCalls: (MeteredCall | undefined)[]
  private readonly lastValues: number[]
  count = 0

  constructor(labels: Labels, startUnixNano: bigint, bounds: readonly number[]) {
    this.labels = labels
    this.startUnixNano = startUnixNano
    this.bounds = bounds
    this.bucketCounts = new Array(bounds.length + 1).fill(0)
    this.lastCalls = new Array(bounds.length + 1).fill(undefined)
    this.lastValues = new Array(bounds.length + 1).fill(0)
  }

  record(value: number, call: MeteredCall): void {
    let bucket = 0
    while (bucket < this.bounds.length && value > this.bounds[bucket]!) bucket++
    this.bucketCounts[bucket]!++
    this.lastCalls[bucket] = call
    this.lastValues[bucket] = value
    this.exponential.record(value)
    this.sum.add(value)
    this.count++
  }

  /** One a bucket, where it has any value. */
  get exemplars(): (Exemplar | undefined)[] {
    return this.lastCalls.map((call, bucket) => call && exemplarOf(call, this.lastValues[bucket]!))
  }

  get sumOfValues(): number {
    return this.sum.value
  }
}

/** A metric and its series by label set. */
export class SeriesFamily<Series extends NumberSeries | HistogramSeries> {
  readonly definition: MetricDefinition
  private readonly create: (labels: Labels) => Series
  private readonly byKey = new Map<string, Series>()
  private readonly shown: Record<Reader, WeakSet<object>> = { prometheus: new WeakSet(), otlp: new WeakSet() }

  constructor(definition: MetricDefinition, create: (labels: Labels) => Series) {
    this.definition = definition
    this.create = create
  }

  at(labels: Labels): Series {
    const key = JSON.stringify(labels)
    let series = this.byKey.get(key)
    if (series === undefined) {
      series = this.create(labels)
      this.byKey.set(key, series)
    }
    return series
  }

  /**
   * All series, those that this reader has not seen before as an empty one of the same labels: Prometheus'
   * `increase()` knows a counter's growth only from its second sample on, so a new tenant's first call would be lost.
   */
  read(reader: Reader): Series[] {
    return [...this.byKey.values()].map((series) => {
      if (this.shown[reader].has(series)) return series
      this.shown[reader].add(series)
      return this.create(series.labels)
    })
  }

  removeWhere(matches: (labels: Labels) => boolean): void {
    for (const [key, series] of this.byKey) if (matches(series.labels)) this.byKey.delete(key)
  }
}
