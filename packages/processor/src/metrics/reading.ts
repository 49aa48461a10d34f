import type { MetricDefinition } from './metric-definitions.ts'
import type { HistogramSeries, Labels, NumberSeries } from './series.ts'

/** The present values of one gauge. */
export interface GaugeReading {
  definition: MetricDefinition
  points: readonly { labels: Labels; value: number }[]
}

/** All metrics for one reader. A series is read when its turn comes. */
export interface MetricsReading {
  numbers: readonly { definition: MetricDefinition; series: Iterable<NumberSeries> }[]
  histograms: readonly { definition: MetricDefinition; series: Iterable<HistogramSeries> }[]
  gauges: readonly GaugeReading[]
}
