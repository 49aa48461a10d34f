import { labelText } from './label-text.ts'
import { type MetricDefinition, prometheusFamilyName, prometheusUnit } from './metric-definitions.ts'
import type { MetricsReading } from './reading.ts'
import type { Exemplar, HistogramSeries, NumberSeries } from './series.ts'
import { Turns } from './turns.ts'

interface Format {
  /** For a counter, OpenMetrics states the name of the family, and the older text format that of its samples. */
  counterFamilySuffix: '' | '_total'
  hasUnits: boolean
  exemplar: (exemplar: Exemplar | undefined) => string
}

const openMetrics: Format = {
  counterFamilySuffix: '',
  hasUnits: true,
  exemplar(exemplar) {
    if (exemplar === undefined) return ''
    const { traceId, spanId, value, unixNano } = exemplar
    const seconds = Number(unixNano / 1_000_000n) / 1000
    return ` # {trace_id="${traceId}",span_id="${spanId}"} ${value} ${seconds}`
  },
}

const text: Format = { counterFamilySuffix: '_total', hasUnits: false, exemplar: () => '' }

/** OpenMetrics 1.0 without the final `# EOF`: https://prometheus.io/docs/specs/om/open_metrics_spec/ */
export function writeOpenMetrics(reading: MetricsReading): Promise<string> {
  return write(reading, openMetrics)
}

/** https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
export function writePrometheusText(reading: MetricsReading): Promise<string> {
  return write(reading, text)
}

/** With many tenants and features, there are tens of thousands of lines: requests have to be answered in between. */
async function write(reading: MetricsReading, format: Format): Promise<string> {
  const turns = new Turns()
  const lines: string[] = []
  for (const { definition, series } of reading.numbers) {
    writeHead(lines, definition, format)
    const family = prometheusFamilyName(definition)
    for (const one of series) {
      lines.push(numberLine(definition, family, one, format))
      if (turns.isOver) await turns.give()
    }
  }
  for (const { definition, series } of reading.histograms) {
    writeHead(lines, definition, format)
    const family = prometheusFamilyName(definition)
    for (const one of series) {
      writeHistogram(lines, family, one, format)
      if (turns.isOver) await turns.give()
    }
  }
  for (const { definition, points } of reading.gauges) {
    writeHead(lines, definition, format)
    for (const { labels, value } of points) {
      lines.push(`${prometheusFamilyName(definition)}${labelText(labels)} ${value}`)
    }
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

function writeHead(lines: string[], definition: MetricDefinition, format: Format): void {
  const isCounter = definition.kind === 'counter'
  const family = prometheusFamilyName(definition) + (isCounter ? format.counterFamilySuffix : '')
  // An up-down counter is a gauge to Prometheus.
  const type = definition.kind === 'up_down_counter' ? 'gauge' : definition.kind
  lines.push(`# HELP ${family} ${definition.description}`, `# TYPE ${family} ${type}`)
  const unit = prometheusUnit(definition)
  if (format.hasUnits && unit !== undefined) lines.push(`# UNIT ${family} ${unit}`)
}

function numberLine(
  definition: MetricDefinition,
  family: string,
  series: NumberSeries,
  format: Format,
): string {
  const labels = labelText(series.labels)
  if (definition.kind !== 'counter') return `${family}${labels} ${series.value}`
  return `${family}_total${labels} ${series.value}${format.exemplar(series.exemplar)}`
}

function writeHistogram(lines: string[], family: string, series: HistogramSeries, format: Format): void {
  const { exemplars } = series
  const labels = labelText(series.labels)
  const bucketLabels = labels === '' ? '{' : `${labels.slice(0, -1)},`
  let cumulative = 0
  for (const [index, count] of series.bucketCounts.entries()) {
    cumulative += count
    const bound = series.bounds[index]
    const le = bound === undefined ? '+Inf' : floatText(bound)
    lines.push(`${family}_bucket${bucketLabels}le="${le}"} ${cumulative}${format.exemplar(exemplars[index])}`)
  }
  lines.push(`${family}_count${labels} ${series.count}`)
  lines.push(`${family}_sum${labels} ${series.sumOfValues}`)
}

/** OpenMetrics wants a bucket's bound as a float, even a whole one: https://prometheus.io/docs/specs/om/open_metrics_spec/#considerations-canonical-numbers */
function floatText(bound: number): string {
  return Number.isInteger(bound) ? bound.toFixed(1) : String(bound)
}
