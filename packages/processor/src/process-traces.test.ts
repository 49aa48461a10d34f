import { loadPriceBook } from '@spanmeter/pricing'
import { describe, expect, test } from 'vitest'
import {
  encodeTraces,
  type Message,
  requestOf,
  spanAttributes,
  type TestSpan,
  testSpan,
} from '../test/support/otlp-messages.ts'
import { readLedgerSpans } from './enrichment/read-ledger-spans.ts'
import { transcode } from './otlp/transcode.ts'
import { createProcessTraces } from './process-traces.ts'
import type { OtlpEncoding, ProcessTraces } from './types.ts'

const priceBook = loadPriceBook()

/** gpt-4.1: $2 and $8 a million tokens, cached input $0.50. */
function call(usage: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4.1',
    'gen_ai.usage.input_tokens': 1000,
    'gen_ai.usage.output_tokens': 500,
    ...usage,
  }
}

function added(
  process: ProcessTraces,
  body: Buffer,
  before: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const [attributes] = spanAttributes(process(body, 'protobuf').bytes)
  return Object.fromEntries(Object.entries(attributes!).filter(([name]) => !(name in before)))
}

describe('processTraces', () => {
  test('adds cost, its parts and where it comes from to a GenAI span', () => {
    const attributes = call({ 'gen_ai.usage.cache_read.input_tokens': 400 })
    expect(added(createProcessTraces({ priceBook }), requestOf([{ attributes }]), attributes)).toEqual({
      'spanmeter.cost.role': 'own',
      'spanmeter.cost.amount': 0.0054,
      'spanmeter.cost.currency': 'USD',
      'spanmeter.cost.input': 0.0012,
      'spanmeter.cost.cache_read': 0.0002,
      'spanmeter.cost.output': 0.004,
      'spanmeter.cost.cache_savings': 0.0006,
      'spanmeter.cost.source': 'list',
      'spanmeter.cost.price': 'openai/gpt-4.1@2025-04-14',
      'spanmeter.usage.cached_input': 'included',
      'gen_ai.usage.cost': 0.0054,
    })
  })

  test('says why a call has no price, and gives it no amount', () => {
    const attributes = call({ 'gen_ai.request.model': 'gpt-none' })
    expect(added(createProcessTraces({ priceBook }), requestOf([{ attributes }]), attributes)).toEqual({
      'spanmeter.cost.role': 'own',
      'spanmeter.cost.unpriced': 'unknown_model',
    })
  })

  test('leaves the cost under its old name alone where the span has one, and where it is switched off', () => {
    const attributes = call({ 'gen_ai.usage.cost': 7 })
    const [kept] = spanAttributes(
      createProcessTraces({ priceBook })(requestOf([{ attributes }]), 'protobuf').bytes,
    )
    expect(kept).toMatchObject({ 'gen_ai.usage.cost': 7, 'spanmeter.cost.amount': 0.006 })
    const process = createProcessTraces({ priceBook, legacyCostAttribute: false })
    expect(added(process, requestOf([{ attributes: call() }]), call())).not.toHaveProperty(
      'gen_ai.usage.cost',
    )
  })

  test('gives back the very bytes of a batch without GenAI spans', () => {
    const body = requestOf([{ attributes: { 'http.route': '/' } }, { id: 2, parent: 1 }])
    expect(createProcessTraces({ priceBook })(body, 'protobuf').bytes).toBe(body)
    const json = Buffer.from(transcode(body, 'traces', 'protobuf', 'json'))
    expect(createProcessTraces({ priceBook })(json, 'json').bytes).toBe(json)
  })

  test('replaces what an earlier processor wrote, so that twice through is once', () => {
    const process = createProcessTraces({ priceBook })
    const once = Buffer.from(
      process(requestOf([{ id: 2, parent: 1, attributes: call() }, { id: 1 }]), 'protobuf').bytes,
    )
    const twice = createProcessTraces({ priceBook })(once, 'protobuf').bytes
    expect(spanAttributes(twice)).toEqual(spanAttributes(once))
  })

  test('takes no cost for OpenRouter’s that an earlier processor worked out', () => {
    const attributes = { 'gen_ai.request.model': 'openai/gpt-4o', 'gen_ai.usage.input_tokens': 5 }
    const scopeSpans = [{ scope: { name: 'openrouter' }, spans: [testSpan({ attributes })] }]
    const process = (batch: Buffer): Buffer =>
      Buffer.from(createProcessTraces({ priceBook })(batch, 'protobuf').bytes)
    const once = process(encodeTraces({ resourceSpans: [{ scopeSpans }] }))
    expect(spanAttributes(once)[0]!['gen_ai.usage.cost']).toBe(0.0000125)
    expect(spanAttributes(process(once))).toEqual(spanAttributes(once))
  })

  describe.each([false, true])(
    'of an emitter that counts cached input apart (normalize: %s)',
    (normalize) => {
      const attributes = {
        'telemetry.sdk.name': 'openlit',
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'anthropic',
        'gen_ai.request.model': 'claude-sonnet-4-5',
        'gen_ai.usage.input_tokens': 500,
        'gen_ai.usage.cache_read.input_tokens': 400,
        'gen_ai.usage.output_tokens': 7,
      }
      const process = (body: Buffer): Buffer =>
        Buffer.from(createProcessTraces({ priceBook, normalize })(body, 'protobuf').bytes)
      const once = process(requestOf([{ attributes }]))

      test('the ledger reads as many tokens as were priced', () => {
        expect(readLedgerSpans(once, 'protobuf')[0]!.usage).toEqual({
          inputTokens: 900,
          cacheReadTokens: 400,
          outputTokens: 7,
        })
      })

      test('a second processor prices no others', () => {
        expect(spanAttributes(process(once))).toEqual(spanAttributes(once))
      })
    },
  )

  test('adds the same to JSON as to protobuf', () => {
    const body = requestOf(
      [
        { id: 2, parent: 1, attributes: call({ 'gen_ai.input.messages': 'a "quoted" \n text' }) },
        { id: 3, parent: 1 },
        { id: 1, attributes: { 'http.route': '/' } },
      ],
      { 'service.name': 'svc' },
    )
    const json = Buffer.from(transcode(body, 'traces', 'protobuf', 'json'))
    const fromJson = createProcessTraces({ priceBook })(json, 'json').bytes
    const fromProtobuf = createProcessTraces({ priceBook })(body, 'protobuf').bytes
    expect(spanAttributes(transcode(fromJson, 'traces', 'json', 'protobuf'))).toEqual(
      spanAttributes(fromProtobuf),
    )
  })

  test.each([
    ['0', '1780000001000000000', 0],
    ['1780000000000000000', '0', 0],
    ['1780000001000000000', '1780000000000000000', 0],
    ['1780000000000000000', '1780000001500000000', 1.5],
  ])('a span from %s to %s took %f s, in JSON as in protobuf', (start, end, seconds) => {
    const body = requestOf([{ start, end, attributes: call() }])
    const json = Buffer.from(transcode(body, 'traces', 'protobuf', 'json'))
    const process = createProcessTraces({ priceBook })
    expect(process(body, 'protobuf').calls[0]!.durationSeconds).toBe(seconds)
    expect(process(json, 'json').calls[0]!.durationSeconds).toBe(seconds)
  })

  test('writes standard names beside foreign ones, with what they mean, when asked to', () => {
    const attributes = {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'anthropic.messages',
      'ai.model.id': 'claude-sonnet-4-5',
      'ai.usage.inputTokens': 100,
      'ai.usage.outputTokens': 10,
      'gen_ai.usage.input_tokens': 100,
      'ai.response.providerMetadata': JSON.stringify({
        anthropic: {
          usage: { input_tokens: 100, cache_read_input_tokens: 900, cache_creation_input_tokens: 50 },
        },
      }),
    }
    const process = createProcessTraces({ priceBook, normalize: true })
    const [result] = spanAttributes(process(requestOf([{ attributes }]), 'protobuf').bytes)
    expect(result).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 1050,
      'gen_ai.usage.output_tokens': 10,
      'gen_ai.usage.cache_read.input_tokens': 900,
      'gen_ai.usage.cache_creation.input_tokens': 50,
      'spanmeter.usage.cached_input': 'excluded',
      'spanmeter.normalized': '1.41',
      'ai.usage.inputTokens': 100,
    })
  })
})

describe('inclusive cost', () => {
  const roles = (bytes: Uint8Array): unknown[] =>
    spanAttributes(bytes).map((span) => [
      span['spanmeter.cost.role'],
      span['spanmeter.cost.amount'],
      span['spanmeter.cost.inclusive'],
    ])

  test('counts a wrapper, its SDK layers and a gateway with its client once', () => {
    const body = requestOf([
      { id: 5, parent: 4, attributes: call() },
      { id: 4, parent: 3, attributes: call() },
      {
        id: 3,
        parent: 2,
        attributes: {
          'ai.operationId': 'ai.generateText',
          'ai.model.id': 'gpt-4.1',
          'ai.usage.inputTokens': 1000,
        },
      },
      {
        id: 2,
        parent: 1,
        attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.usage.input_tokens': 1000 },
      },
      { id: 1, name: 'POST /' },
    ])
    const { bytes, calls } = createProcessTraces({ priceBook })(body, 'protobuf')
    expect(roles(bytes)).toEqual([
      ['own', 0.006, undefined],
      ['wrapper', undefined, 0.006],
      ['wrapper', undefined, 0.006],
      [undefined, undefined, 0.006],
      [undefined, undefined, 0.006],
    ])
    expect(calls.map(({ role }) => role)).toEqual(['own', 'wrapper', 'wrapper'])
  })

  test('adds up across batches, interleaved traces and any order within a batch', () => {
    const process = createProcessTraces({ priceBook })
    process(requestOf([{ id: 10, parent: 2, trace: 1, attributes: call() }]), 'protobuf')
    process(requestOf([{ id: 10, parent: 2, trace: 2, attributes: call() }]), 'protobuf')
    process(requestOf([{ id: 11, parent: 2, trace: 1, attributes: call() }]), 'protobuf')
    const { bytes } = process(
      requestOf([
        { id: 1, trace: 1 },
        { id: 2, parent: 1, trace: 1 },
        { id: 12, parent: 2, trace: 1, attributes: call() },
        { id: 2, trace: 2 },
      ]),
      'protobuf',
    )
    expect(roles(bytes)).toEqual([
      [undefined, undefined, 0.018],
      [undefined, undefined, 0.018],
      ['own', 0.006, undefined],
      [undefined, undefined, 0.006],
    ])
  })

  test('counts a batch once that a client sends again', () => {
    const process = createProcessTraces({ priceBook })
    const batch = requestOf([
      { id: 3, parent: 2, attributes: call() },
      { id: 2, parent: 1 },
    ])
    process(batch, 'protobuf')
    process(batch, 'protobuf')
    expect(roles(process(requestOf([{ id: 1 }]), 'protobuf').bytes)).toEqual([[undefined, undefined, 0.006]])
  })

  test('takes spans whose parents make a circle', () => {
    const body = requestOf([
      { id: 1, parent: 2, attributes: call() },
      { id: 2, parent: 1, attributes: call() },
      { id: 3, parent: 3, attributes: call() },
    ])
    expect(createProcessTraces({ priceBook })(body, 'protobuf').calls).toHaveLength(3)
  })

  test('takes a chain of 20,000 spans, parents first, in linear time', () => {
    const spans = Array.from({ length: 20_000 }, (_, index) => ({
      id: index + 1,
      ...(index > 0 && { parent: index }),
    }))
    const body = requestOf([...spans, { id: 50_000, parent: 20_000, attributes: call() }])
    const start = cpuMilliseconds()
    const { bytes } = createProcessTraces({ priceBook })(body, 'protobuf')
    expect(cpuMilliseconds() - start).toBeLessThan(2000)
    expect(spanAttributes(bytes)[0]).toEqual({ 'spanmeter.cost.inclusive': 0.006 })
  })
})

/** Unlike the time of day, not longer on a busy machine. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

test.each([
  ['protobuf', 'json'],
  ['json', 'protobuf'],
] as const)('a call that came as %s is beneath a span that comes as %s', (first, second) => {
  const processTraces = createProcessTraces({ priceBook })
  const send = (span: TestSpan, encoding: OtlpEncoding) => {
    const body = Buffer.from(transcode(requestOf([span]), 'traces', 'protobuf', encoding))
    return Buffer.from(processTraces(body, encoding).bytes).toString('latin1')
  }
  send({ id: 0x12345678, parent: 0x1a2b3c4d, trace: 7, attributes: call({}) }, first)
  expect(send({ id: 0x1a2b3c4d, trace: 7 }, second)).toContain('spanmeter.cost.inclusive')
})

describe('readLedgerSpans', () => {
  test('reads business keys as the cost metrics do: numbers as text, empty ones not at all', () => {
    const attributes = call({ 'business.tenant': 42, 'business.trial': true, 'business.feature': '' })
    const { bytes, calls } = createProcessTraces({ priceBook })(requestOf([{ attributes }]), 'protobuf')
    const business = { tenant: '42', trial: 'true' }
    expect(calls[0]!.business).toEqual(business)
    expect(readLedgerSpans(bytes, 'protobuf')[0]!.business).toEqual(business)
  })

  test('reads calls and what stands above them back from the enriched bytes', () => {
    const body = encodeTraces({
      resourceSpans: [
        {
          resource: {
            attributes: [
              { key: 'service.name', value: { stringValue: 'svc' } },
              { key: 'deployment.environment.name', value: { stringValue: 'staging' } },
            ],
          },
          scopeSpans: [
            {
              spans: [
                testSpan({
                  id: 3,
                  parent: 2,
                  name: 'chat',
                  attributes: call({ 'business.feature': 'faq' }),
                  status: { code: 2 },
                }),
                testSpan({ id: 4, parent: 2, name: 'SELECT', attributes: { 'db.system': 'x' } }),
                testSpan({
                  id: 2,
                  parent: 1,
                  name: 'agent',
                  attributes: { 'gen_ai.operation.name': 'invoke_agent' },
                }),
                testSpan({ id: 1, name: 'POST', events: [outcome('resolved'), outcome('resolved')] }),
              ],
            },
          ],
        },
      ],
    })
    const { bytes } = createProcessTraces({ priceBook })(body, 'protobuf')
    const times = { startUnixNano: 1780000000000000001n, endUnixNano: 1780000001000000001n }
    const trace = { traceId: '01'.repeat(16), serviceName: 'svc', environment: 'staging' }
    expect(readLedgerSpans(bytes, 'protobuf')).toEqual([
      {
        ...trace,
        ...times,
        spanId: '0000000000000003',
        parentSpanId: '0000000000000002',
        name: 'chat',
        status: 'error',
        role: 'own',
        operation: 'chat',
        provider: 'openai',
        requestModel: 'gpt-4.1',
        usage: { inputTokens: 1000, outputTokens: 500 },
        cost: {
          amount: '0.006',
          listAmount: '0.006',
          components: { input: '0.002', output: '0.004' },
          source: 'list',
          price: 'openai/gpt-4.1@2025-04-14',
        },
        business: { feature: 'faq' },
      },
      {
        ...trace,
        ...times,
        spanId: '0000000000000002',
        parentSpanId: '0000000000000001',
        name: 'agent',
        status: 'unset',
        role: 'ancestor',
        operation: 'invoke_agent',
        usage: {},
        business: {},
      },
      {
        ...trace,
        ...times,
        spanId: '0000000000000001',
        name: 'POST',
        status: 'unset',
        role: 'ancestor',
        usage: {},
        business: {},
        outcomes: { resolved: 2 },
      },
    ])
  })
})

function outcome(name: string): Message {
  return {
    name: 'spanmeter.outcome',
    attributes: [{ key: 'spanmeter.outcome.name', value: { stringValue: name } }],
  }
}
