import { DEFAULT_REQUIRED_KEYS } from '@spanmeter/ledger'
import { tagOf } from '../attribution/environment.ts'
import type { MeteredCall } from '../enrichment/metered-call.ts'
import { CallLabeler, type CallLabels, type LabelLimits } from './call-labels.ts'
import { CallSeries, type SumFamilies } from './call-series.ts'
import { costBounds, durationBounds } from './histogram-bounds.ts'
import { histogramMetrics, type MetricDefinition, sumMetrics } from './metric-definitions.ts'
import { encodeOtlpMetrics } from './otlp-metrics.ts'
import { writeOpenMetrics, writePrometheusText } from './prometheus-text.ts'
import { Readers } from './readers.ts'
import type { GaugeReading, MetricsReading } from './reading.ts'
import { HistogramSeries, type Labels, NumberSeries, type SeriesCount, SeriesFamily } from './series.ts'

export interface CostMetricsOptions {
  /** How many tenants have a label of their own; all others share `other`. */
  tenantTopK?: number
  limits?: Partial<LabelLimits>
  /** Business keys without which a call's cost is counted as untagged. */
  requiredKeys?: readonly string[]
  /** Gauges that are measured elsewhere, such as budgets; read each time that the metrics are. */
  gauges?: () => readonly GaugeReading[]
  /** `service.*` of the processor itself, for OTLP. */
  resource?: Labels
  /** Milliseconds since the Unix epoch. */
  now?: () => number
}

export interface CostMetrics {
  /** Counts calls. Wrappers, which repeat the calls beneath them, are not counted. */
  record(calls: readonly MeteredCall[]): void
  /**
   * The metrics for a scrape. `text` is Prometheus' text format 0.0.4; `openmetrics` is OpenMetrics 1.0, with exemplars and units,
   * but without the final `# EOF`, so that other metrics of the process can be added.
   *
   * @param scraper identifies a reader that scrapes repeatedly, and is shown each new series at zero first.
   */
  prometheus(format?: 'text' | 'openmetrics', scraper?: string): Promise<string>
  /** An OTLP ExportMetricsServiceRequest (protobuf), cumulative. */
  otlp(): Promise<Uint8Array>
}

/**
 * Metrics of calls. They are aggregated here and not by a metrics SDK: neither @opentelemetry/sdk-metrics nor prom-client starts
 * series at zero, writes exemplars to OTLP, or limits a label to its top spenders, and once that is written there is little
 * left for them to do.
 */
export function createCostMetrics(options: CostMetricsOptions = {}): CostMetrics {
  const now = options.now ?? Date.now
  const requiredKeys = options.requiredKeys ?? DEFAULT_REQUIRED_KEYS
  const count: SeriesCount = { begun: 0 }
  const sums = Object.fromEntries(
    Object.entries(sumMetrics).map(([name, definition]) => [
      name,
      new SeriesFamily(
        definition,
        (labels, start = unixNano(now())) => new NumberSeries(labels, start),
        count,
      ),
    ]),
  ) as SumFamilies
  const histograms = (definition: MetricDefinition, bounds: readonly number[]) =>
    new SeriesFamily(
      definition,
      (labels, start = unixNano(now())) => new HistogramSeries(labels, start, bounds),
      count,
    )
  const duration = histograms(histogramMetrics.duration, durationBounds)
  const callCost = histograms(histogramMetrics.callCost, costBounds)

  const labeler = new CallLabeler(
    options.tenantTopK ?? 50,
    options.limits ?? {},
    (labels) => new CallSeries(labels, sums, duration.at(withoutTenant(labels)), unixNano(now())),
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
      part(series.workflowCalls, sums.workflowCalls, { environment }, 'workflow', workflow).add(1, call)
    }
    series.duration.record(call.durationSeconds, call)

    if (!price.priced) {
      const reason = labeler.reason(price.reason)
      part(series.unpriced, sums.unpriced, { provider, model }, 'reason', reason).add(1, call)
      return
    }
    const { amount } = price
    series.countCost(price, call)
    if (workflow !== undefined) {
      part(series.workflowCost, sums.workflowCost, { environment }, 'workflow', workflow).add(amount, call)
    }
    series.callCost ??= callCost.at(withoutTenant(labels))
    series.callCost.record(amount, call)
    for (const key of requiredKeys) {
      if (tagOf(key, business, call.environment) === undefined) {
        part(series.untagged, sums.untagged, { environment }, 'missing', key).add(amount, call)
      }
    }
  }

  function retireTenants(): void {
    for (const tenant of labeler.retiredTenants(now())) {
      for (const family of Object.values(sums)) family.removeWhere((labels) => labels.tenant === tenant)
    }
  }

  const scrapers = new Readers(count)
  const exports = new Readers(count)
  const read = (seen: number): MetricsReading => {
    retireTenants()
    return {
      numbers: Object.values(sums).map((family) => family.read(seen)),
      histograms: [duration, callCost].map((family) => family.read(seen)),
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

/** For histograms: with tenants, their buckets would be most of all series. */
function withoutTenant({ tenant: _, ...labels }: CallLabels): Labels {
  return labels
}

/** The series of a label set with one more label, remembered by the value of that label. */
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
