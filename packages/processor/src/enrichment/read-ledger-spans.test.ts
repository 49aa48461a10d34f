import { openLedger } from '@spanmeter/ledger'
import { loadPriceBook } from '@spanmeter/pricing'
import { describe, expect, onTestFinished, test } from 'vitest'
import { attributes, requestOf } from '../../test/support/otlp-messages.ts'
import { createAllocate } from '../attribution/allocate.ts'
import { createProcessTraces } from '../process-traces.ts'
import { messageField, stringField, varintField } from '../protocol/protobuf-fields.ts'
import { readLedgerSpans } from './read-ledger-spans.ts'

const TRACE_ID = Buffer.from('5b8efff798038103d269b633813fc60c', 'hex')

function span(id: string, ...fields: readonly Buffer[]): Buffer {
  return messageField(2, messageField(1, TRACE_ID), messageField(2, Buffer.from(id, 'hex')), ...fields)
}

const call = (id: string, ...fields: readonly Buffer[]): Buffer =>
  span(
    id,
    messageField(9, stringField(1, 'gen_ai.operation.name'), messageField(2, stringField(1, 'chat'))),
    messageField(9, stringField(1, 'gen_ai.usage.input_tokens'), messageField(2, varintField(3, 7))),
    ...fields,
  )

/** An event whose name states more bytes than there are. */
const BROKEN_EVENT = messageField(11, Buffer.from('1a7f6f', 'hex'))

describe('a batch with a span that is malformed inside', () => {
  test('costs the ledger that span and no other', () => {
    const spans = [call('00000000000000aa'), span('00000000000000bb', BROKEN_EVENT), call('00000000000000cc')]
    const batch = messageField(1, messageField(2, ...spans))
    expect(readLedgerSpans(batch, 'protobuf').map(({ spanId }) => spanId)).toEqual([
      '00000000000000aa',
      '00000000000000cc',
    ])
  })
})

const CALL = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4.1',
  'gen_ai.usage.input_tokens': 1000,
}

test('a millionth of a dollar and less comes without an exponent', () => {
  const process = createProcessTraces({ priceBook: loadPriceBook() })
  const attributes = {
    ...CALL,
    'gen_ai.request.model': 'gpt-4.1-nano',
    'gen_ai.usage.input_tokens': 1,
    'gen_ai.usage.output_tokens': 0,
  }
  const { bytes } = process(requestOf([{ id: 1, name: 'chat', attributes }]), 'protobuf')
  expect(readLedgerSpans(bytes, 'protobuf')[0]?.cost?.amount).toBe('0.0000001')
})

test('a call that repeats the one beneath it comes as a wrapper', () => {
  const process = createProcessTraces({ priceBook: loadPriceBook() })
  const spans = [
    { id: 1, name: 'chat gpt-4.1', attributes: CALL },
    { id: 2, parent: 1, name: 'chat gpt-4.1', attributes: CALL },
  ]
  const rows = readLedgerSpans(process(requestOf(spans), 'protobuf').bytes, 'protobuf')
  expect(rows.map(({ role }) => role)).toEqual(['wrapper', 'own'])
})

test('a gateway tells the ledger of the same call as its client, whichever of them is heard first', async () => {
  const process = createProcessTraces({ priceBook: loadPriceBook() })
  const batches = [
    [
      { id: 2, parent: 1, name: 'POST' },
      { id: 1, name: 'chat gpt-4.1', attributes: CALL },
    ],
    [
      { id: 4, parent: 3, name: 'chat gpt-4.1', attributes: CALL },
      { id: 3, parent: 2, name: 'POST /v1/chat/completions' },
    ],
  ]
  const rows = batches.map((spans) =>
    readLedgerSpans(process(requestOf(spans), 'protobuf').bytes, 'protobuf'),
  )
  for (const order of [rows, rows.toReversed()]) {
    const ledger = await openLedger({ path: ':memory:' })
    onTestFinished(() => ledger.close())
    for (const batch of order) await ledger.append(batch)
    expect((await ledger.total()).calls).toBe(1)
  }
})

test("a client's request that is over before its call, as of a stream, is what the gateway's call is found beneath", async () => {
  const process = createProcessTraces({ priceBook: loadPriceBook() })
  const batches = [
    {
      id: 2,
      parent: 1,
      name: 'POST',
      attributes: { 'http.request.method': 'POST', 'url.full': 'https://gateway.test/v1/chat/completions' },
    },
    { id: 4, parent: 2, name: 'chat gpt-4.1', attributes: CALL },
    { id: 1, name: 'chat gpt-4.1', attributes: CALL },
  ]
  const ledger = await openLedger({ path: ':memory:' })
  onTestFinished(() => ledger.close())
  for (const span of batches) {
    await ledger.append(readLedgerSpans(process(requestOf([span]), 'protobuf').bytes, 'protobuf'))
  }
  expect((await ledger.total()).calls).toBe(1)
})

test.each([
  [{ 'http.request.method': 'POST', 'url.full': 'https://api.test/v1/messages?beta=true' }, true],
  [{ 'http.method': 'POST', 'http.url': 'http://api.test/openai/deployments/gpt/chat/completions' }, true],
  [{ 'http.request.method': 'POST', 'url.path': '/v1/models/gemini-2.5-flash:streamGenerateContent' }, true],
  [{ 'http.method': 'POST', 'http.target': '/model/anthropic.claude/converse-stream' }, true],
  [{ 'http.request.method': 'POST', 'url.full': 'https://api.test/v1/messages/7' }, false],
  [{ 'http.request.method': 'GET', 'url.full': 'https://api.test/v1/messages' }, false],
  [{ 'http.request.method': 'POST', 'url.full': 'https://shop.test/orders' }, false],
])('of other requests than those to a model the ledger keeps none: %o', (attributes, isKept) => {
  const request = requestOf([{ id: 2, parent: 1, name: 'POST', attributes }])
  expect(readLedgerSpans(request, 'protobuf')).toHaveLength(isKept ? 1 : 0)
})

describe('an outcome', () => {
  const recorded = (...outcomes: [name: string, value?: number][]) =>
    outcomes.map(([name, value]) => ({
      name: 'spanmeter.outcome',
      attributes: attributes({
        'spanmeter.outcome.name': name,
        ...(value !== undefined && { 'spanmeter.outcome.value': value }),
      }),
    }))

  test('counts for as much as was said of it, else one, whatever it is called', () => {
    const events = recorded(['order', 2.5], ['order'], ['order', 0], ['constructor'], ['constructor'])
    const [row] = readLedgerSpans(requestOf([{ name: 'POST /orders', events }]), 'protobuf')
    expect(row?.outcomes).toEqual({ order: 3.5, constructor: 2 })
  })

  test('is told of whom it is for by the same look-ups as the calls', () => {
    const allocate = createAllocate({
      lookups: [{ on: 'tenant', rows: new Map([['acme', { owner: 'ada' }]]) }],
    })
    const process = createProcessTraces({ priceBook: loadPriceBook(), allocate })
    const business = { 'business.tenant': 'acme' }
    const { bytes } = process(
      requestOf([
        { id: 1, name: 'POST /orders', attributes: business, events: recorded(['order']) },
        { id: 2, parent: 1, name: 'chat gpt-4.1', attributes: { ...CALL, ...business } },
      ]),
      'protobuf',
    )
    const rows = readLedgerSpans(bytes, 'protobuf', (span) => allocate(span, {}).business)
    expect(rows.map((row) => row.business)).toEqual(Array(2).fill({ tenant: 'acme', owner: 'ada' }))
  })
})
