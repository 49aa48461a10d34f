import { loadPriceBook } from '@spanmeter/pricing'
import { describe, expect, test } from 'vitest'
import {
  attributes,
  decodeTraces,
  encodeTraces,
  type Message,
  plainAttributes,
  testSpan,
} from '../../test/support/otlp-messages.ts'
import { BufferPool } from '../otlp/buffer-pool.ts'
import { transcode } from '../otlp/transcode.ts'
import { createProcessTraces } from '../process-traces.ts'
import type { OtlpEncoding } from '../types.ts'
import { createContentFilter } from './apply-content-policy.ts'
import type { ContentPolicy } from './types.ts'

const priceBook = loadPriceBook()

function request(span: Readonly<Record<string, unknown>>): Buffer {
  return encodeTraces({
    resourceSpans: [
      {
        resource: { attributes: attributes({ 'host.name': 'secret-host', kept: 1 }) },
        scopeSpans: [
          {
            scope: { name: 's', attributes: attributes({ 'host.name': 'secret-host' }) },
            spans: [testSpan(span)],
          },
        ],
      },
    ],
  })
}

function filtered(policy: ContentPolicy, body: Buffer, encoding: OtlpEncoding): Message {
  const input = encoding === 'json' ? Buffer.from(transcode(body, 'traces', 'protobuf', 'json')) : body
  const { bytes } = createProcessTraces({ priceBook, content: policy })(input, encoding)
  return decodeTraces(transcode(bytes, 'traces', encoding, 'protobuf'))
}

describe.each(['protobuf', 'json'] as const)('content policy on %s', (encoding) => {
  const event = (name: string, values: Record<string, unknown>): Message => ({
    name,
    attributes: attributes(values),
  })

  test('drops, masks and hashes attributes of spans, events, links, scopes and resources', () => {
    const policy = {
      drop: ['gen_ai.*.messages', 'first'],
      mask: ['host.name'],
      hash: ['user.*'],
      hash_key: 'k',
    }
    const result = filtered(
      policy,
      request({
        attributes: {
          first: 1,
          'gen_ai.input.messages': 'x'.repeat(500),
          'user.id': 'ada',
          'http.route': '/',
          'gen_ai.output.messages': 'secret',
        },
        events: [event('e', { 'user.id': 'ada', 'gen_ai.output.messages': 'secret' })],
        links: [{ spanId: Buffer.alloc(8, 1), attributes: attributes({ 'user.name': 'bob' }) }],
      }),
      encoding,
    )
    const [{ resource, scopeSpans }] = result.resourceSpans
    const [span] = scopeSpans[0].spans
    expect(plainAttributes(resource.attributes)).toEqual({ 'host.name': '***', kept: 1 })
    expect(plainAttributes(scopeSpans[0].scope.attributes)).toEqual({ 'host.name': '***' })
    const ada = plainAttributes(span.attributes)['user.id']
    expect(ada).toMatch(/^[0-9a-f]{32}$/)
    expect(plainAttributes(span.attributes)).toEqual({ 'user.id': ada, 'http.route': '/' })
    expect(plainAttributes(span.events[0].attributes)).toEqual({ 'user.id': ada })
    expect(plainAttributes(span.links[0].attributes)['user.name']).not.toBe(ada)
  })

  test('drops events by name, with all they hold', () => {
    const policy = { drop_events: ['gen_ai.*'], mask: ['user'] }
    const { resourceSpans } = filtered(
      policy,
      request({
        events: [event('gen_ai.choice', { user: 'a' }), event('kept', { user: 'a' }), event('gen_ai.x', {})],
      }),
      encoding,
    )
    const { events } = resourceSpans[0].scopeSpans[0].spans[0]
    expect(events.map((kept: Message) => [kept.name, plainAttributes(kept.attributes)])).toEqual([
      ['kept', { user: '***' }],
    ])
  })

  test('is applied before prices and rules see the span', () => {
    const { resourceSpans } = filtered(
      { drop: ['gen_ai.request.model'] },
      request({
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'openai',
          'gen_ai.request.model': 'gpt-4.1',
        },
      }),
      encoding,
    )
    expect(plainAttributes(resourceSpans[0].scopeSpans[0].spans[0].attributes)).toMatchObject({
      'spanmeter.cost.unpriced': 'unknown_model',
    })
  })

  test('gives back the very bytes of a batch that it has nothing to say about', () => {
    const body = request({ attributes: { a: 1 } })
    const input = encoding === 'json' ? Buffer.from(transcode(body, 'traces', 'protobuf', 'json')) : body
    expect(createProcessTraces({ priceBook, content: { drop: ['b'] } })(input, encoding).bytes).toBe(input)
  })
})

test.each([['ada'], [42], [-1.5], [true], [['a', 1]], [{ id: 7, name: 'ada' }]])(
  'the hash of %j is the same in JSON as in protobuf',
  (value) => {
    const body = request({ attributes: { 'user.id': value } })
    const hashOf = (encoding: OtlpEncoding): unknown => {
      const [{ scopeSpans }] = filtered({ hash: ['user.id'], hash_key: 'k' }, body, encoding).resourceSpans
      return plainAttributes(scopeSpans[0].spans[0].attributes)['user.id']
    }
    expect(hashOf('json')).toBe(hashOf('protobuf'))
    expect(hashOf('json')).toMatch(/^[0-9a-f]{32}$/)
  },
)

test('values that differ have hashes that differ, also within lists and maps', () => {
  const ids = [
    'ada',
    'bob',
    '42',
    43,
    true,
    ['ada'],
    ['bob'],
    [['bob']],
    { id: 'ada' },
    { id: 'bob' },
    { name: 'ada' },
    [],
  ]
  const [{ scopeSpans }] = filtered(
    { hash: ['user.*'], hash_key: 'k' },
    request({ attributes: Object.fromEntries(ids.map((id, index) => [`user.${index}`, id])) }),
    'json',
  ).resourceSpans
  const hashes = Object.values(plainAttributes(scopeSpans[0].spans[0].attributes))
  expect(new Set(hashes).size).toBe(ids.length)
})

test('what JSON holds in the place of events and attributes, and is none, is left as it is', () => {
  const filter = createContentFilter({ drop: ['secret'], drop_events: ['secret'] }, new BufferPool())!
  const span = (events: string, attributes: string): Buffer =>
    Buffer.from(
      `{"resourceSpans":[7,{"scopeSpans":{"spans":[ {"events":[${events}],"attributes":[${attributes}]} ]}}]}`,
    )
  const others = '7, null, [], "secret", {"name":7}, {"name":{"name":"secret"}}, {"attributes":"secret"}'
  const none = span(others, '7, null, [], "secret", {"key":7}, {"key":["secret"]}')
  expect(filter(none, 'json').bytes).toBe(none)
  const some = span(`${others} , {"name":"secret"}`, ' {"key":"secret"} , {"key":"kept"}')
  expect(filter(some, 'json').bytes.toString()).toBe(span(others, ' {"key":"kept"}').toString())
})
