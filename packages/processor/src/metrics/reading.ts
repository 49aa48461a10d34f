import type { MetricDefinition } from './instruments.ts'
import type { HistogramSeries, Labels, NumberSeries } from './series.ts'

/** The present values of one gauge. */
export interface GaugeReading {
  definition: MetricDefinition
  points: readonly { labels: Labels; value: number }[]
}

/** All metrics at one moment, as one reader is to see them. */
export interface MetricsReading {
  numbers: readonly { definition: MetricDefinition; series: readonly NumberSeries[] }[]
  histograms: readonly { definition: MetricDefinition; series: readonly HistogramSeries[] }[]
  gauges: readonly GaugeReading[]
}
