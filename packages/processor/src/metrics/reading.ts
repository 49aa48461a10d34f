import type { MetricDefinition } from './metric-definitions.ts'
import type { HistogramSeries, Labels, NumberSeries } from './series.ts'

/** The present values of one gauge. */
export interface GaugeReading {
  definition: MetricDefinition
  points: readonly { labels: Labels; value: number }[]
}

/** The series of a metric as one reader is to see them. Each is read when its turn comes. */
export interface FamilyReading<Series> {
  definition: MetricDefinition
  series: Iterable<Series>
}

/** All metrics for one reader. */
export interface MetricsReading {
  numbers: readonly FamilyReading<NumberSeries>[]
  histograms: readonly FamilyReading<HistogramSeries>[]
  gauges: readonly GaugeReading[]
}
