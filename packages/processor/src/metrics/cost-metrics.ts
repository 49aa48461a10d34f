import { DEFAULT_REQUIRED_KEYS } from '@spanmeter/ledger'
import { tagOf } from '../attribution/environment.ts'
import type { MeteredCall } from '../enrichment/metered-call.ts'
import { CallLabeler, type CallLabels, type LabelLimits } from './call-labels.ts'
import { CallSeries } from './call-series.ts'
import { costBounds, durationBounds } from './histogram-bounds.ts'
import {
  cacheSavingsMetric,
  callCostMetric,
  callsMetric,
  costMetric,
  durationMetric,
  type MetricDefinition,
  retriesMetric,
  tokensMetric,
  unpricedMetric,
  untaggedMetric,
  workflowCallsMetric,
  workflowCostMetric,
} from './metric-definitions.ts'
import { encodeOtlpMetrics } from './otlp-metrics.ts'
import { writeOpenMetrics, writePrometheusText } from './prometheus-text.ts'
import { Readers } from './readers.ts'
import type { GaugeReading, MetricsReading } from './reading.ts'
import { HistogramSeries, type Labels, NumberSeries, type SeriesCount, SeriesFamily } from './series.ts'

export interface CostMetricsOptions {
  /** Tenants with a label of their own; all others share `other`. */
  tenantTopK?: number
  limits?: Partial<LabelLimits>
  /** Business keys without which a call's cost is counted as untagged. */
  requiredKeys?: readonly string[]
  /** Measured elsewhere and shown beside the calls' metrics, read each time they are: budgets, for one. */
  gauges?: () => readonly GaugeReading[]
  /** `service.*` of the processor itself, for OTLP. */
  resource?: Labels
  /** Milliseconds since the Unix epoch. */
  now?: () => number
}

export interface CostMetrics {
  /** Counts calls. A wrapper's repeats the calls beneath it, an ancestor is none: neither is counted. */
  record(calls: readonly MeteredCall[]): void
  /**
   * For a scrape. `text` is Prometheus' text format 0.0.4; `openmetrics` is OpenMetrics 1.0, which carries exemplars
   * and units, without its closing `# EOF`, so that other metrics of the process can stand beside these.
   *
   * @param scraper sees a new series from zero; without one the values are as they are.
   */
  prometheus(format?: 'text' | 'openmetrics', scraper?: string): Promise<string>
  /** An OTLP ExportMetricsServiceRequest (protobuf), cumulative. */
  otlp(): Promise<Uint8Array>
}

/**
 * Metrics of the calls that pass, aggregated here rather than by a metrics SDK: neither @opentelemetry/sdk-metrics nor
 * prom-client starts a series at zero, carries exemplars into OTLP, or bounds a label by its top spenders, and with
 * those three written there is little left for them to do.
 */
export function createCostMetrics(options: CostMetricsOptions = {}): CostMetrics {
  const now = options.now ?? Date.now
  const requiredKeys = options.requiredKeys ?? DEFAULT_REQUIRED_KEYS
  const count: SeriesCount = { begun: 0 }
  const numbers = (definition: MetricDefinition): SeriesFamily<NumberSeries> =>
    new SeriesFamily(definition, (labels, start = unixNano(now())) => new NumberSeries(labels, start), count)
  const histograms = (
    definition: MetricDefinition,
    bounds: readonly number[],
  ): SeriesFamily<HistogramSeries> =>
    new SeriesFamily(
      definition,
      (labels, start = unixNano(now())) => new HistogramSeries(labels, start, bounds),
      count,
    )

  const cost = numbers(costMetric)
  const tokens = numbers(tokensMetric)
  const calls = numbers(callsMetric)
  const retries = numbers(retriesMetric)
  const cacheSavings = numbers(cacheSavingsMetric)
  const unpriced = numbers(unpricedMetric)
  const untagged = numbers(untaggedMetric)
  const workflowCost = numbers(workflowCostMetric)
  const workflowCalls = numbers(workflowCallsMetric)
  const duration = histograms(durationMetric, durationBounds)
  const callCost = histograms(callCostMetric, costBounds)
  const numberFamilies = [
    cost,
    tokens,
    calls,
    retries,
    cacheSavings,
    unpriced,
    untagged,
    workflowCost,
    workflowCalls,
  ]
  const histogramFamilies = [duration, callCost]

  const counters = { calls, tokens, cost, retries, cacheSavings }
  const labeler = new CallLabeler(
    options.tenantTopK ?? 50,
    options.limits ?? {},
    (labels) => new CallSeries(labels, counters, duration.at(withoutTenant(labels)), unixNano(now())),
  )

  function recordCall(call: MeteredCall, at: number): void {
    const { cost: price, business } = call
    if (call.role !== 'own' || price === undefined) return
    const series = labeler.seriesOf(call, price.priced ? price.amount : 0, at)
    const { labels } = series
    series.countCall(call)
    const workflow = labeler.workflow(call)
    const { environment, provider, model } = labels
    if (workflow !== undefined) {
      part(series.workflowCalls, workflowCalls, { environment }, 'workflow', workflow).add(1, call)
    }
    series.duration.record(call.durationSeconds, call)

    if (!price.priced) {
      const reason = labeler.reason(price.reason)
      part(series.unpriced, unpriced, { provider, model }, 'reason', reason).add(1, call)
      return
    }
    const { amount } = price
    series.countCost(price, call)
    if (workflow !== undefined) {
      part(series.workflowCost, workflowCost, { environment }, 'workflow', workflow).add(amount, call)
    }
    series.callCost ??= callCost.at(withoutTenant(labels))
    series.callCost.record(amount, call)
    for (const key of requiredKeys) {
      if (tagOf(key, business, call.environment) === undefined) {
        part(series.untagged, untagged, { environment }, 'missing', key).add(amount, call)
      }
    }
  }

  function retireTenants(): void {
    for (const tenant of labeler.retiredTenants(now())) {
      for (const family of numberFamilies) family.removeWhere((labels) => labels.tenant === tenant)
    }
  }

  const scrapers = new Readers(count)
  const exports = new Readers(count)
  const read = (seen: number): MetricsReading => {
    retireTenants()
    return {
      numbers: numberFamilies.map((family) => ({
        definition: family.definition,
        series: family.read(seen),
      })),
      histograms: histogramFamilies.map((family) => ({
        definition: family.definition,
        series: family.read(seen),
      })),
      gauges: options.gauges?.() ?? [],
    }
  }

  return {
    record(recorded) {
      const at = now()
      for (const call of recorded) recordCall(call, at)
    },
    prometheus(format = 'text', scraper) {
      const reading = read(scraper === undefined ? count.begun : scrapers.note(scraper))
      return format === 'openmetrics' ? writeOpenMetrics(reading) : writePrometheusText(reading)
    },
    otlp: () => encodeOtlpMetrics(read(exports.note('otlp')), options.resource ?? {}, unixNano(now())),
  }
}

/** Of histograms: buckets times tenants would be most of all series. */
function withoutTenant({ tenant: _, ...labels }: CallLabels): Labels {
  return labels
}

/** The series of one label set with one more label, remembered by that label's value. */
function part(
  known: Map<string, NumberSeries>,
  family: SeriesFamily<NumberSeries>,
  labels: Labels,
  name: string,
  value: string,
): NumberSeries {
  let series = known.get(value)
  if (series === undefined) {
    series = family.at({ ...labels, [name]: value })
    known.set(value, series)
  }
  return series
}

function unixNano(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds)) * 1_000_000n
}
