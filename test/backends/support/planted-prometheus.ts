import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCostMetrics } from '../../../packages/processor/src/metrics/cost-metrics.ts'
import type { GaugeReading } from '../../../packages/processor/src/metrics/reading.ts'
import { meteredCall } from '../../../packages/processor/test/support/metered-call.ts'
import { freePorts } from '../../support/free-ports.ts'
import { plantedRound, roundSeconds } from './planted-calls.ts'
import { answers, programPath, type Running, runProgram, start } from './programs.ts'

/** The moment of the last planted sample: the time at which the queries are asked. */
export const plantedUntil: number = Date.UTC(2026, 9, 20, 12)
const plantedHours = 3

export interface PromSample {
  metric: Record<string, string>
  value: [number, string]
}

export interface PlantedPrometheus {
  /** The result of an instant query at `plantedUntil`. */
  query(expression: string): Promise<PromSample[]>
  stop(): Promise<void>
}

/** A real Prometheus with three hours of the planted calls, written by the processor's own metrics, a sample a minute. */
export async function startPlantedPrometheus(): Promise<PlantedPrometheus> {
  const directory = await mkdtemp(join(tmpdir(), 'spanmeter-prometheus-'))
  await writeFile(join(directory, 'planted.om'), await plantedOpenMetrics())
  await runProgram('promtool', [
    ...['tsdb', 'create-blocks-from', 'openmetrics'],
    ...[join(directory, 'planted.om'), join(directory, 'data')],
  ])
  await writeFile(join(directory, 'prometheus.yml'), 'global: {}\n')
  const [port] = await freePorts(1)
  const url = `http://127.0.0.1:${port}`
  const prometheus: Running = await start(
    programPath('prometheus'),
    [
      `--config.file=${join(directory, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      '--storage.tsdb.retention.time=10y',
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    () => answers(`${url}/-/ready`),
  )
  return {
    async query(expression) {
      const parameters = new URLSearchParams({ query: expression, time: String(plantedUntil / 1000) })
      const response = await fetch(`${url}/api/v1/query?${parameters}`)
      const body = (await response.json()) as {
        status: string
        error?: string
        data: { result: PromSample[] }
      }
      if (body.status !== 'success') throw new Error(`${body.error}\n${expression}`)
      return body.data.result
    },
    async stop() {
      await prometheus.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function plantedOpenMetrics(): Promise<string> {
  let now = plantedUntil - plantedHours * 3_600_000
  const metrics = createCostMetrics({ now: () => now, gauges: () => budgetGauges })
  /** OpenMetrics wants all samples of a family together. */
  const families = new Map<string, string[]>()
  const add = (text: string): void => {
    let family: string[] = []
    for (const line of text.split('\n')) {
      if (line.startsWith('# TYPE ')) {
        family = families.get(line) ?? []
        families.set(line, family)
      } else if (line !== '' && !line.startsWith('#')) {
        family.push(`${line.replace(/ # \{.*$/, '')} ${now / 1000}`)
      }
    }
  }
  for (; now <= plantedUntil; now += roundSeconds * 1000) {
    metrics.record(plantedRound(now).map(meteredCall))
    add(await metrics.prometheus('openmetrics', 'prometheus'))
    add(processorMetrics((now - plantedUntil) / 1000 + plantedHours * 3600))
  }
  const lines = [...families].flatMap(([type, samples]) => [type, ...samples])
  return `${lines.join('\n')}\n# EOF\n`
}

/**
 * What the processor says of itself, `seconds` after it started: 10 spans a second in, 9 out. A Collector beside it says
 * other things under the same names.
 */
function processorMetrics(seconds: number): string {
  const family = (name: string, type: string, value: number, labels = ''): string[] => [
    `# TYPE ${name} ${type}`,
    `${name}{job="spanmeter",instance="a:4319"${labels}} ${value}`,
    `${name}{job="otelcol",instance="c:8888"${labels}} ${seconds}`,
  ]
  const tempo = ',exporter="tempo"'
  return [
    '# TYPE up gauge\nup{job="spanmeter",instance="a:4319"} 1',
    ...family('otelcol_receiver_accepted_spans', 'unknown', 10 * seconds),
    ...family('otelcol_receiver_refused_spans', 'unknown', 2 * seconds),
    ...family('otelcol_receiver_failed_spans', 'unknown', seconds),
    ...family('otelcol_exporter_sent_spans', 'unknown', 9 * seconds, tempo),
    ...family('otelcol_exporter_send_failed_spans', 'unknown', 0.5 * seconds, tempo),
    ...family('otelcol_exporter_queue_size', 'gauge', 4096, tempo),
    `# TYPE spanmeter_duplicate_calls unknown\nspanmeter_duplicate_calls{instance="a:4319"} ${0.25 * seconds}`,
  ].join('\n')
}

function gauge(
  name: string,
  unit: 'USD' | '1',
  value: number,
  labels: Record<string, string> = {},
): GaugeReading {
  return {
    definition: { name, unit, kind: 'gauge', description: '' },
    points: [{ labels: { budget: 'everything', period: 'month', ...labels }, value }],
  }
}

const budgetGauges: readonly GaugeReading[] = [
  gauge('spanmeter.budget.limit', 'USD', 500),
  gauge('spanmeter.budget.spent', 'USD', 125),
  gauge('spanmeter.budget.projected', 'USD', 610),
  gauge('spanmeter.budget.burn_rate', '1', 1.5, { window: '1h' }),
]
