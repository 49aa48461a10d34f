import { loadPriceBook } from '@spanmeter/pricing'
import { describe, expect, test } from 'vitest'
import {
  attributes,
  encodeTraces,
  requestOf,
  spanAttributes,
  testSpan,
} from '../../test/support/otlp-messages.ts'
import { createProcessTraces } from '../process-traces.ts'
import { InvalidTracesError } from './errors.ts'

const process = createProcessTraces({ priceBook: loadPriceBook() })
const call = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4.1',
  'gen_ai.usage.input_tokens': 1000,
}

/** Milliseconds that a batch takes, the best of three: this is about growth, not about the machine. */
function best(body: Buffer, encoding: 'protobuf' | 'json' = 'protobuf'): number {
  let shortest = Number.POSITIVE_INFINITY
  for (let run = 0; run < 3; run++) {
    const start = performance.now()
    process(body, encoding).release()
    shortest = Math.min(shortest, performance.now() - start)
  }
  return shortest
}

function lengthDelimited(tag: number, content: Buffer): Buffer {
  const bytes = [tag]
  let rest = content.length
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80)
  return Buffer.concat([Buffer.from([...bytes, rest]), content])
}

describe('batches at the extremes', () => {
  test('an empty request is a request', () => {
    const body = Buffer.alloc(0)
    expect(process(body, 'protobuf')).toMatchObject({ bytes: body, spanCount: 0, calls: [] })
    expect(process(Buffer.from('{}'), 'json')).toMatchObject({ spanCount: 0, calls: [] })
  })

  test('one span with a 19 MB attribute', () => {
    const body = requestOf([{ attributes: { ...call, 'gen_ai.input.messages': 'x'.repeat(19_000_000) } }])
    const { bytes, release } = process(body, 'protobuf')
    expect(spanAttributes(bytes)[0]).toMatchObject({ 'spanmeter.cost.amount': 0.002 })
    release()
    expect(best(body)).toBeLessThan(500)
  })

  test('50,000 tiny calls take about ten times as long as 5,000: far from a hundred times', () => {
    const body = (count: number): Buffer =>
      requestOf(
        Array.from({ length: count }, (_, index) => ({
          id: index + 1,
          name: '',
          attributes: { 'gen_ai.request.model': 'gpt-4.1' },
        })),
      )
    const small = body(5_000)
    const large = body(50_000)
    expect(best(large)).toBeLessThan(Math.max(50, best(small)) * 50)
  })

  test('20,000 spans that all have the same id', () => {
    const span = encodeTraces({
      resourceSpans: [{ scopeSpans: [{ spans: [testSpan({ id: 1, parent: 1, attributes: call })] }] }],
    })
    const resourceSpans = Array.from({ length: 20_000 }, () => span)
    expect(best(Buffer.concat(resourceSpans))).toBeLessThan(5000)
  })

  test('1,000 resources', () => {
    const resourceSpans = Array.from({ length: 1000 }, (_, index) => ({
      resource: { attributes: attributes({ 'deployment.environment.name': `env-${index}` }) },
      scopeSpans: [{ spans: [testSpan({ id: index + 1, attributes: call })] }],
    }))
    const { calls } = process(encodeTraces({ resourceSpans }), 'protobuf')
    expect(calls.map(({ environment }) => environment)).toEqual(
      resourceSpans.map((_, index) => `env-${index}`),
    )
  })

  test('a value nested 10,000 deep is passed over in either encoding', () => {
    let value: Buffer = Buffer.from([0x0a, 0x01, 0x78])
    for (let depth = 0; depth < 10_000; depth++) value = lengthDelimited(0x2a, lengthDelimited(0x0a, value))
    const attribute = lengthDelimited(
      0x4a,
      Buffer.concat([lengthDelimited(0x0a, Buffer.from('gen_ai.deep')), lengthDelimited(0x12, value)]),
    )
    const body = lengthDelimited(0x0a, lengthDelimited(0x12, lengthDelimited(0x12, attribute)))
    expect(process(body, 'protobuf').spanCount).toBe(1)
    expect(best(body)).toBeLessThan(200)
  })

  test('groups nested 100,000 deep, and JSON as deep, are refused at once', () => {
    const start = performance.now()
    expect(() => process(Buffer.alloc(100_000, 0x0b), 'protobuf')).toThrow(InvalidTracesError)
    expect(() => process(Buffer.from('['.repeat(100_000)), 'json')).toThrow(InvalidTracesError)
    expect(() => process(Buffer.from(`{"a":${'{"a":'.repeat(100_000)}`), 'json')).toThrow(InvalidTracesError)
    expect(performance.now() - start).toBeLessThan(500)
  })

  test('a span with 50,000 attributes of different names, and one with as many of the same', () => {
    const names = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`gen_ai.x${index}`, 1]))
    expect(best(requestOf([{ attributes: { ...call, ...names } }]))).toBeLessThan(2000)
    const same = Array.from({ length: 50_000 }, () => ({
      key: 'spanmeter.cost.amount',
      value: { doubleValue: 9 },
    }))
    const span = testSpan({ trace: 2, attributes: call })
    span.attributes.push(...same)
    const body = encodeTraces({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })
    expect(spanAttributes(process(body, 'protobuf').bytes)[0]).toMatchObject({
      'spanmeter.cost.amount': 0.002,
    })
    expect(best(body)).toBeLessThan(2000)
  })

  test.each([
    ['a length beyond its message', [0x0a, 0x05, 0x12]],
    ['a varint of eleven bytes', [0x0a, ...Array.from({ length: 11 }, () => 0x80), 0x01]],
    ['a length of 2^32', [0x0a, 0x80, 0x80, 0x80, 0x80, 0x10]],
    ['a field number of 0', [0x02, 0x00]],
    ['a group that ends without having begun', [0x0c]],
    ['wire type 7', [0x0f]],
    ['a fixed64 that is cut off', [0x09, 0x00]],
  ])('refuses %s', (_title, bytes) => {
    expect(() => process(Buffer.from(bytes), 'protobuf')).toThrow(InvalidTracesError)
  })
})
