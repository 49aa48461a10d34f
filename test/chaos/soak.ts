import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { median } from '../../bench/median.ts'
import { listenLocally } from '../support/listen-locally.ts'
import { startLife } from '../support/processor-process.ts'
import { newBatch } from './load.ts'

// A steady load, and what it costs, minute by minute; fails where memory or open files grow, or anything is lost:
//   npm run test:soak -- --minutes 30 --rate 10000 [--no-ledger] [--workers 2]
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    rate: { type: 'string', default: '10000' },
    workers: { type: 'string', default: '1' },
    ledger: { type: 'boolean', default: true },
  },
  allowNegative: true,
})
const BATCH_SPANS = 512
const CALLS_PER_BATCH = 102
const rate = Number(values.rate)

const directory = await mkdtemp(join(tmpdir(), 'spanmeter-soak-'))
let requestsAtBackend = 0
const backend = createServer((request, response) => {
  request.resume().on('end', () => {
    requestsAtBackend += 1
    response.end()
  })
})
const port = await listenLocally(backend)
const configFile = join(directory, 'spanmeter.yaml')
const endpoint = '127.0.0.1:0'
const config = {
  receivers: { otlp: { protocols: { http: { endpoint } } } },
  exporters: [{ name: 'backend', endpoint: `http://127.0.0.1:${port}` }],
  sending_queue: { directory: join(directory, 'queue') },
  metrics: { export_interval: 0 },
  ledger: values.ledger && { path: join(directory, 'ledger.duckdb') },
  workers: Number(values.workers),
  web: { endpoint },
}
await writeFile(configFile, JSON.stringify(config))
const life = await startLife(configFile)

let accepted = 0
let refused = 0
const started = Date.now()
const end = started + Number(values.minutes) * 60_000
let nextSample = started + 60_000
const samples: { memory: number; files: number }[] = []
let cpuBefore = cpuSeconds()
console.log('minute  spans/s  CPU %  RSS MiB  files  refused')
while (Date.now() < end) {
  const due = ((Date.now() - started) / 1_000) * rate
  const batches = Math.min(8, Math.floor((due - (accepted + refused)) / BATCH_SPANS))
  await Promise.all(Array.from({ length: Math.max(0, batches) }, sendOne))
  if (batches < 1) await sleep(5)
  if (Date.now() >= nextSample) {
    const minutes = Math.round((Date.now() - started) / 60_000)
    const cpu = cpuSeconds()
    const perSecond = Math.round((accepted + refused) / ((Date.now() - started) / 1_000))
    const sample = { memory: rssMiB(), files: openFiles() }
    samples.push(sample)
    const cpuPercent = (((cpu - cpuBefore) / 60) * 100).toFixed(1)
    const row = [minutes, perSecond, cpuPercent, sample.memory, sample.files, refused]
    console.log(row.map((cell, index) => String(cell).padStart([6, 8, 6, 8, 6, 8][index] ?? 8)).join(' '))
    cpuBefore = cpu
    nextSample += 60_000
  }
}
const exitCode = await life.stop()
backend.close()
await rm(directory, { recursive: true, force: true })
const complete = requestsAtBackend * BATCH_SPANS === accepted
console.log(`${accepted} spans accepted, ${requestsAtBackend * BATCH_SPANS} delivered, exit code ${exitCode}`)
const flat = isFlat(samples.map(({ memory }) => memory)) && isFlat(samples.map(({ files }) => files))
console.log(flat ? 'memory and open files are flat' : 'memory or open files GREW')
process.exitCode = complete && exitCode === 0 && flat ? 0 : 1

/** The last third of a run is no higher than the one before it, give or take a tenth; too short a run says nothing. */
function isFlat(values: readonly number[]): boolean {
  const third = Math.floor(values.length / 3)
  if (third === 0) return true
  return median(values.slice(-third)) <= median(values.slice(-2 * third, -third)) * 1.1
}

async function sendOne(): Promise<void> {
  const { body } = newBatch(CALLS_PER_BATCH, BATCH_SPANS - CALLS_PER_BATCH)
  const headers = { 'content-type': 'application/x-protobuf' }
  const { ok } = await fetch(`${life.http}/v1/traces`, { method: 'POST', headers, body })
  if (ok) accepted += BATCH_SPANS
  else refused += BATCH_SPANS
}

function cpuSeconds(): number {
  const fields = readFileSync(`/proc/${life.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

function rssMiB(): number {
  return Math.round(
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${life.pid}/status`, 'utf8'))?.[1]) / 1_024,
  )
}

function openFiles(): number {
  return readdirSync(`/proc/${life.pid}/fd`).length
}
