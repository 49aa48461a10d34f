import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLedger } from '@spanmeter/ledger'
import { type Life, startLife } from '../support/processor-process.ts'
import { startFlappingBackend } from './flapping-backend.ts'
import { type Batch, CALL_COST_USD, newBatch } from './load.ts'

export interface ChaosOptions {
  /** Ends when both are reached. */
  readonly kills: number
  readonly minutes: number
  readonly senders: number
  readonly workers?: number
  readonly report?: (line: string) => void
}

/** What a run came to; a sound processor has nothing missing and exact totals. */
export interface ChaosResult {
  readonly kills: number
  readonly acknowledgedSpans: number
  /** Acknowledged, and never seen by the backend. */
  readonly missingAtBackend: number
  readonly acknowledgedCalls: number
  /** Calls that reached the backend, each counted once, and what the ledger has of them. */
  readonly callsAtBackend: number
  readonly callsInLedger: number
  readonly costInLedger: string
  readonly expectedCost: string
  readonly exitCode: number | null
}

/**
 * Kills the processor again and again, at random moments, under load, in front of a backend that flaps; clients repeat
 * some batches as a client does that has not seen the answer. Then compares what was acknowledged with what arrived.
 */
export async function runChaos({
  kills,
  minutes,
  senders,
  workers = 1,
  report = () => {},
}: ChaosOptions): Promise<ChaosResult> {
  const directory = await mkdtemp(join(tmpdir(), 'spanmeter-chaos-'))
  const backend = await startFlappingBackend(Math.random)
  const ledgerPath = join(directory, 'ledger.duckdb')
  const configFile = join(directory, 'spanmeter.yaml')
  await writeFile(
    configFile,
    JSON.stringify({ ...configuration(directory, ledgerPath, backend.url), workers }),
  )

  const acknowledged: Batch[] = []
  const sent = new Set<string>()
  const until = Date.now() + minutes * 60_000
  let life: Life | undefined = await startLife(configFile)
  let stopped = false
  const load = Array.from({ length: senders }, () =>
    sendUntil(
      () => stopped,
      () => life,
      acknowledged,
      sent,
    ),
  )

  let killed = 0
  while (killed < kills || Date.now() < until) {
    await sleep(20 + Math.random() * 400)
    const doomed: Life | undefined = life
    life = undefined
    await doomed?.kill()
    killed += 1
    life = await startLife(configFile)
    if (killed % 10 === 0) report(`${killed} kills, ${acknowledged.length} batches acknowledged`)
  }
  stopped = true
  await Promise.all(load)

  backend.calmDown()
  const spans = new Set(acknowledged.flatMap(({ calls, others }) => [...calls, ...others]))
  const missing = () => [...spans].filter((id) => !backend.received.has(id)).length
  const patience = Date.now() + 60_000
  while (missing() > 0 && Date.now() < patience) await sleep(50)
  const exitCode = (await life?.stop()) ?? null
  await backend.close()

  const ledger = await openLedger({ path: ledgerPath, readOnly: true })
  const { calls: callsInLedger, cost } = await ledger.total()
  await ledger.close()
  const callsAtBackend = [...sent].filter((id) => backend.received.has(id)).length
  await rm(directory, { recursive: true, force: true })
  return {
    kills: killed,
    acknowledgedSpans: spans.size,
    missingAtBackend: missing(),
    acknowledgedCalls: new Set(acknowledged.flatMap(({ calls }) => calls)).size,
    callsAtBackend,
    callsInLedger,
    costInLedger: Number(cost).toFixed(5),
    expectedCost: (callsAtBackend * CALL_COST_USD).toFixed(5),
    exitCode,
  }
}

function configuration(directory: string, ledgerPath: string, backendUrl: string): object {
  return {
    receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:0' } } } },
    exporters: [
      {
        name: 'backend',
        endpoint: backendUrl,
        retry_on_failure: { initial_interval: '20ms', max_interval: '200ms' },
      },
    ],
    sending_queue: { directory: join(directory, 'queue') },
    metrics: { export_interval: 0 },
    ledger: { path: ledgerPath },
    web: { endpoint: '127.0.0.1:0' },
    // The ledger, which is not waited for otherwise, may be far behind on a busy machine.
    shutdown_timeout: '5m',
  }
}

/** Sends new batches, and now and then one again; a batch counts as acknowledged at its first 200. */
async function sendUntil(
  isStopped: () => boolean,
  life: () => Life | undefined,
  acknowledged: Batch[],
  sentCalls: Set<string>,
): Promise<void> {
  let batch = newBatch(3, 5)
  while (!isStopped()) {
    const url = life()?.http
    if (url === undefined) {
      await sleep(5)
      continue
    }
    for (const id of batch.calls) sentCalls.add(id)
    const ok = await fetch(`${url}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf' },
      body: batch.body,
    }).then(
      (response) => response.ok,
      () => false,
    )
    if (ok) acknowledged.push(batch)
    // A client that got no answer sends the same again; so does, now and then, one that did.
    if (ok && Math.random() < 0.95) batch = newBatch(3, 5)
  }
}
