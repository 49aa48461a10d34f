import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Ledger, openLedger, type ViewQuery } from '@spanmeter/ledger'
import { median } from '../../../bench/median.ts'
import { generatedCalls } from './generated-spans.ts'

// npm run bench -w packages/ledger -- [--calls 10000000] [--ledger FILE] [--memory MIB]
// Fills a ledger through `append`, in batches as the sending queue hands them over, then times every view, warm, over all of it.
const { values: options } = parseArgs({
  options: {
    calls: { type: 'string', default: '10000000' },
    ledger: { type: 'string' },
    memory: { type: 'string', default: '256' },
  },
})
const BATCH = 20_000
/** What the processor gives DuckDB by default. */
const memoryLimit = Number(options.memory) * 2 ** 20
const RUNS = 7

const QUESTIONS: readonly [title: string, view: string, query: ViewQuery][] = [
  ['spend by feature', 'spend', {}],
  ['spend by model', 'spend', { by: 'model' }],
  ['spend by provider', 'spend', { by: 'provider' }],
  ['spend by tenant (5,000)', 'spend', { by: 'tenant' }],
  ['spend by team', 'spend', { by: 'team' }],
  ['spend by endpoint', 'spend', { by: 'endpoint' }],
  ['spend by another business key', 'spend', { by: 'plan_code' }],
  [
    'spend of a feature by tenant',
    'spend',
    { by: 'tenant', where: [{ key: 'feature', value: 'feature-3' }] },
  ],
  [
    'spend of a week, compared',
    'spend',
    { since: new Date('2026-10-15'), until: new Date('2026-10-22'), compare: 'previous' },
  ],
  ['workflows', 'workflows', {}],
  ['trend by feature, a day', 'trend', { bucket: 'day' }],
  ['trend by feature, an hour', 'trend', { bucket: 'hour' }],
  ['tokens', 'tokens', {}],
  ['cache', 'cache', {}],
  ['cache by tenant', 'cache', { by: 'tenant' }],
  ['waste', 'waste', {}],
  ['quality', 'quality', {}],
  ['latency by model', 'latency', {}],
  ['most expensive traces', 'traces', { limit: 20 }],
  [
    'most expensive traces of a feature',
    'traces',
    { limit: 20, where: [{ key: 'feature', value: 'feature-3' }] },
  ],
  ['cost per outcome', 'outcomes', {}],
  ['margin by tenant', 'margin', {}],
]

const directory = mkdtempSync(join(tmpdir(), 'spanmeter-bench-'))
const path = options.ledger ?? join(directory, 'ledger.duckdb')
try {
  console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model})`)
  const ledger = await openLedger({ path, memoryLimit })
  if ((await ledger.contents()).calls === 0) await fill(ledger, Number(options.calls))
  await ledger.close()
  const { calls } = await timeViews(path)
  console.log(
    `\n${calls.toLocaleString('en')} calls, ${(statSync(path).size / calls).toFixed(1)} bytes a call`,
  )
} finally {
  rmSync(directory, { recursive: true, force: true })
}

async function fill(ledger: Ledger, total: number): Promise<void> {
  const spent = { milliseconds: 0, cpu: 0 }
  let appended = 0
  for (const batch of generatedCalls(total, BATCH)) {
    const cpu = process.cpuUsage()
    const started = performance.now()
    await ledger.append(batch)
    spent.milliseconds += performance.now() - started
    spent.cpu += cpuMilliseconds(cpu)
    appended += batch.length
    if (appended % 1_000_000 === 0) console.log(`  ${appended.toLocaleString('en')} calls`)
  }
  const rate = (milliseconds: number): string =>
    Math.round(appended / (milliseconds / 1000)).toLocaleString('en')
  console.log(`ingest: ${rate(spent.milliseconds)} calls/s; ${rate(spent.cpu)} a second of CPU`)
}

async function timeViews(file: string): Promise<{ calls: number }> {
  const ledger = await openLedger({ path: file, memoryLimit })
  // CPU time by two cores is what the wall clock shows where nothing else runs.
  console.log(`\n${'warm, ms'.padEnd(36)}  median  fastest  CPU / 2`)
  for (const [title, view, query] of QUESTIONS) {
    await ledger.view(view, query)
    const walls: number[] = []
    const cpu: number[] = []
    for (let run = 0; run < RUNS; run++) {
      const used = process.cpuUsage()
      const started = performance.now()
      await ledger.view(view, query)
      walls.push(performance.now() - started)
      cpu.push(cpuMilliseconds(used) / 2)
    }
    const figure = (value: number, width: number): string => value.toFixed(0).padStart(width)
    console.log(
      `${title.padEnd(36)}  ${figure(median(walls), 6)}  ${figure(Math.min(...walls), 7)}  ${figure(Math.min(...cpu), 7)}`,
    )
  }
  console.log(`\nresident memory at most: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`)
  const contents = await ledger.contents()
  await ledger.close()
  return contents
}

function cpuMilliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}
