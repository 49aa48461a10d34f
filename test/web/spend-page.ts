import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LedgerSpan, openLedger } from '@spanmeter/ledger'
import { parseConfig, serve } from '@spanmeter/processor'
import { createLogger } from '../../packages/processor/src/telemetry/logger.ts'

export interface SpendPage {
  /** Of the page and its API. */
  address: string
  /** Makes a call that cost this many dollars, as an application would: by OTLP. */
  call: (dollars: number) => Promise<void>
  close: () => Promise<void>
}

/** A whole processor on free ports, its ledger filled with `batches`. */
export async function startSpendPage(batches: Iterable<readonly LedgerSpan[]>, port = 0): Promise<SpendPage> {
  const directory = await mkdtemp(join(tmpdir(), 'spanmeter-web-'))
  const path = join(directory, 'ledger.duckdb')
  const planted = await openLedger({ path })
  for (const spans of batches) await planted.append(spans)
  await planted.close()
  const configuration = {
    receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:0' } } } },
    exporters: [],
    sending_queue: { directory: join(directory, 'queue') },
    ledger: { path },
    web: { endpoint: `127.0.0.1:${port}`, trace_url: 'http://127.0.0.1:16686/trace/{trace_id}' },
  }
  const processor = await serve(
    parseConfig(JSON.stringify(configuration), 'test', {}),
    createLogger('silent'),
  )
  const { http, web } = processor.addresses
  return {
    address: web!,
    call: (dollars) => sendCall(http!, dollars),
    async close() {
      await processor.close()
      await rm(directory, { recursive: true })
    },
  }
}

async function sendCall(receiver: string, dollars: number): Promise<void> {
  const end = Date.now()
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openrouter',
    'gen_ai.request.model': 'house/model',
    'gen_ai.usage.cost.currency': 'USD',
    'gen_ai.usage.cost.source': 'provider',
    'business.feature': 'faq-bot',
  }
  const span = {
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    name: 'chat house/model',
    kind: 3,
    startTimeUnixNano: `${end - 1000}000000`,
    endTimeUnixNano: `${end}000000`,
    attributes: [
      ...Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
      { key: 'gen_ai.usage.cost.amount', value: { doubleValue: dollars } },
      { key: 'gen_ai.usage.input_tokens', value: { intValue: '1000' } },
    ],
  }
  const response = await fetch(`${receiver}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
  })
  if (!response.ok) throw new Error(`the processor answered ${response.status}: ${await response.text()}`)
}
