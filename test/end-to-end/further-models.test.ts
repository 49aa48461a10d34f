import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { listenLocally } from '../support/listen-locally.ts'
import { type ReceivedSpan, startOtlpSink } from '../support/otlp-sink.ts'
import { startProcessor } from '../support/processor.ts'
import { ON_SOURCES } from '../support/processor-process.ts'

const application = join(import.meta.dirname, 'fixtures/fetch-each.mjs')

function advised(id: string, advisor: string): object {
  const iterations = [
    { type: 'message', input_tokens: 2_000, output_tokens: 100 },
    { type: 'advisor_message', model: advisor, input_tokens: 3_000, output_tokens: 200 },
  ]
  const usage = { input_tokens: 2_000, output_tokens: 100, iterations }
  return { id, type: 'message', model: 'claude-sonnet-4-6', content: [], stop_reason: 'end_turn', usage }
}

const illustrated = {
  id: 'c',
  model: 'gpt-4.1',
  status: 'completed',
  output: [{ type: 'image_generation_call', result: 'AAAA' }],
  tool_usage: {
    image_gen: {
      input_tokens: 500,
      input_tokens_details: { image_tokens: 200, text_tokens: 300 },
      output_tokens: 1_000,
      output_tokens_details: { image_tokens: 1_000, text_tokens: 0 },
    },
  },
  tools: [{ type: 'image_generation', model: 'gpt-image-1.5' }],
  usage: { input_tokens: 1_000, output_tokens: 500 },
}

const ANSWERS: Record<string, object> = {
  '/a/v1/messages': advised('a', 'claude-opus-4-7'),
  '/b/v1/messages': advised('b', 'claude-oracle-9'),
  '/c/v1/responses': illustrated,
}

test('what further models used on the wire is in the cost of the span and in the ledger', async () => {
  const provider = createServer((request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(ANSWERS[request.url!]))
  })
  const port = await listenLocally(provider)
  const backend = await startOtlpSink()
  const processor = await startProcessor({ exporters: [{ name: 'backend', endpoint: backend.url }] })
  await promisify(execFile)(
    process.execPath,
    [
      ...ON_SOURCES,
      '--require',
      '@spanmeter/instrumentation/register',
      application,
      ...Object.keys(ANSWERS).map((path) => `http://127.0.0.1:${port}${path}`),
    ],
    { env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: processor.http } },
  )
  await backend.until((spans) => spans.length >= 3)

  const costOf = ({ attributes }: ReceivedSpan): object =>
    Object.fromEntries(Object.entries(attributes).filter(([name]) => /cost|gen_ai.usage/.test(name)))
  const byResponse = new Map(
    backend.spans.map((span) => [span.attributes['gen_ai.response.id'], costOf(span)]),
  )
  const role = { 'spanmeter.cost.role': 'own' }
  const priced = { ...role, 'spanmeter.cost.currency': 'USD', 'spanmeter.cost.source': 'list' }
  expect(Object.fromEntries(byResponse)).toEqual({
    // 2,000 at 3 and 100 at 15; 3,000 at 5 and 200 at 25, a million.
    a: {
      ...priced,
      'gen_ai.usage.input_tokens': 2_000,
      'gen_ai.usage.output_tokens': 100,
      'gen_ai.usage.cost': 0.0275,
      'spanmeter.cost.amount': 0.0275,
      'spanmeter.cost.input': 0.021,
      'spanmeter.cost.output': 0.0065,
      'spanmeter.cost.price': 'anthropic/claude-sonnet-4-6@2026-03-13 + anthropic/claude-opus-4-7@2026-04-16',
    },
    b: {
      ...role,
      'gen_ai.usage.input_tokens': 2_000,
      'gen_ai.usage.output_tokens': 100,
      'spanmeter.cost.unpriced': 'unknown_model',
    },
    // 1,000 at 2 and 500 at 8; 300 at 5, 200 at 8 and 1,000 at 32, a million.
    c: {
      ...priced,
      'gen_ai.usage.input_tokens': 1_000,
      'gen_ai.usage.output_tokens': 500,
      'gen_ai.usage.cost': 0.0411,
      'spanmeter.cost.amount': 0.0411,
      'spanmeter.cost.input': 0.0035,
      'spanmeter.cost.output': 0.004,
      'spanmeter.cost.image': 0.0336,
      'spanmeter.cost.price': 'openai/gpt-4.1@2025-04-14 + openai/gpt-image-1.5@2025-12-16',
    },
  })

  const spend = async (): Promise<unknown> => {
    const response = await fetch(`${processor.web}/api/v1/views/spend?by=model`)
    const { rows } = (await response.json()) as { rows: { key: string; cost: string; calls: number }[] }
    return rows.map(({ key, cost, calls }) => ({ key, cost, calls }))
  }
  await expect.poll(spend).toEqual([
    { key: 'gpt-4.1', cost: '0.0411', calls: 1 },
    { key: 'claude-sonnet-4-6', cost: '0.0275', calls: 2 },
  ])

  await processor.stop()
  await backend.close()
  provider.close()
})
