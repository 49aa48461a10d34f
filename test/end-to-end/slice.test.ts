import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startStandIn } from '@spanmeter/demo/stand-in'
import { expect, test } from 'vitest'
import { type ReceivedSpan, startOtlpSink } from '../support/otlp-sink.ts'
import { startProcessor } from '../support/processor.ts'
import { ON_SOURCES } from '../support/processor-process.ts'
import { expectedSpans } from './expected-spans.ts'

const application = join(import.meta.dirname, 'fixtures/application.mjs')

/** All of a span but what differs from run to run: ids, ports and times. */
function comparable(span: ReceivedSpan): unknown {
  const { name, kind, scope, status, events } = span
  const attributes = { ...span.attributes }
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'gen_ai.response.time_to_first_chunk') attributes[key] = Number(value) > 0
    if (typeof value === 'string') attributes[key] = value.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:PORT')
    if (key === 'server.port') attributes[key] = 'PORT'
  }
  return { name, kind, scope, service: span.resource['service.name'], attributes, events, status }
}

test('calls of the real SDKs arrive at the backend as priced and attributed spans, and in the ledger', async () => {
  const backend = await startOtlpSink()
  const standIn = await startStandIn({ overloadedAttempts: { 'gpt-4.1-nano': 1 } })
  const processor = await startProcessor({ exporters: [{ name: 'backend', endpoint: backend.url }] })
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [...ON_SOURCES, '--require', '@spanmeter/instrumentation/register', application],
    {
      env: {
        ...process.env,
        OTEL_SERVICE_NAME: 'application',
        OTEL_EXPORTER_OTLP_ENDPOINT: processor.http,
        OPENAI_BASE_URL: `${standIn.url}/v1`,
        OPENAI_API_KEY: 'not-a-key',
        ANTHROPIC_BASE_URL: standIn.url,
        ANTHROPIC_API_KEY: 'not-a-key',
      },
    },
  )
  expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' })

  await backend.until((spans) => spans.length >= expectedSpans.length)
  const byResponse = (span: ReceivedSpan): string => String(span.attributes['gen_ai.response.id'] ?? '')
  const received = backend.spans.toSorted((a, b) => byResponse(a).localeCompare(byResponse(b)))
  expect(received.map(comparable)).toEqual(expectedSpans)

  const spend = async (): Promise<unknown> => {
    const response = await fetch(`${processor.web}/api/v1/views/spend?by=feature`)
    const { rows } = (await response.json()) as {
      rows: { key: string | null; cost: string; calls: number }[]
    }
    return rows.map(({ key, cost, calls }) => ({ key, cost, calls }))
  }
  await expect.poll(spend).toEqual([
    { key: 'summary', cost: '0.01034', calls: 4 },
    { key: 'faq-bot', cost: '0.004482', calls: 2 },
    { key: null, cost: null, calls: 1 },
  ])

  await processor.stop()
  await standIn.close()
  await backend.close()
})
