import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Message } from '../../test/support/otlp-messages.ts'
import { RandomTraces } from '../../test/support/random-traces.ts'
import { BufferPool } from './buffer-pool.ts'
import { InvalidTracesError } from './errors.ts'
import { genAiKeyPrefixes } from './gen-ai-keys.ts'
import { JsonTraces } from './json-traces.ts'
import { ProtobufTraces } from './protobuf-traces.ts'
import { transcode } from './transcode.ts'
import type { SpanView } from './types.ts'

const pool = new BufferPool()
const traces = new JsonTraces()

/** Appends two attributes to each GenAI span and cuts those named `replaced`. */
function enrich(body: Buffer): Buffer {
  traces.scan(body)
  for (const row of traces.table.genAiSpans) {
    const cuts = traces.read(row).rangesOf((name) => name === 'replaced')
    const start = traces.written
    traces.write((writer) => {
      writer.double('cost', 2)
      writer.string('business.feature', 'Füße "quoted"\n')
    })
    traces.edit(row, cuts, start, traces.written)
  }
  if (traces.table.genAiSpans.length === 0) return body
  const { buffer, length } = traces.finish(pool)
  const result = Buffer.from(buffer.subarray(0, length))
  pool.release(buffer)
  return result
}

/** Parse, modify. */
function oracle(request: Message): Message {
  for (const resourceSpans of request.resourceSpans ?? []) {
    for (const scopeSpans of resourceSpans.scopeSpans ?? []) {
      for (const span of scopeSpans.spans ?? []) {
        const isGenAi = (span.attributes ?? []).some(({ key = '' }: Message) =>
          genAiKeyPrefixes.some((prefix) => key.startsWith(prefix)),
        )
        if (!isGenAi) continue
        span.attributes = [
          ...span.attributes.filter(({ key }: Message) => key !== 'replaced'),
          { key: 'cost', value: { doubleValue: 2 } },
          { key: 'business.feature', value: { stringValue: 'Füße "quoted"\n' } },
        ]
      }
    }
  }
  return request
}

function identified(span: SpanView) {
  const { traceId, spanId, parentSpanId, identity, startUnixNano, endUnixNano } = span
  const { startUnixMillis, durationSeconds, status, name } = span
  const ids = { traceId, spanId, parentSpanId, identity }
  const milliseconds = Math.round(startUnixMillis)
  return { ...ids, startUnixNano, endUnixNano, milliseconds, durationSeconds, status, name }
}

function randomJson(random: RandomTraces): string {
  const request = JSON.parse(
    Buffer.from(transcode(random.request(), 'traces', 'protobuf', 'json')).toString(),
    (_name, value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? withOddities(random, value)
        : value,
  )
  return JSON.stringify(request, null, random.below(3))
}

/** Members in another order, unknown ones, nulls, numbers in other forms. */
function withOddities(random: RandomTraces, object: Message): Message {
  const members = Object.entries(object)
  if (random.chance(4)) members.reverse()
  if (random.chance(6))
    members.push(['unknown', [{ key: 'gen_ai.not' }, 1.5e-7, 'a "quoted" \\ text', null, true, {}]])
  if (random.chance(12)) members.push(['alsoUnknown', null])
  return Object.fromEntries(members)
}

const seeds = fc.integer({ min: 1, max: 0x7fffffff })
const runs = Number(process.env.SPANMETER_FUZZ_RUNS ?? 1500)

describe('JsonTraces', () => {
  test('equals parse-modify on requests in every odd layout', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const text = randomJson(new RandomTraces(seed))
        expect(JSON.parse(enrich(Buffer.from(text)).toString())).toEqual(oracle(JSON.parse(text)))
      }),
      { numRuns: runs },
    )
  })

  test('knows a member by its name, however it is escaped', () => {
    const json = '{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"key":"gen_ai.system"}]}]}]}]}'
    const escaped = json.replaceAll(/"(\w)(\w+)":/g, (_all, first: string, rest: string) => {
      return `"\\u00${first.charCodeAt(0).toString(16)}${rest}":`
    })
    traces.scan(Buffer.from(escaped))
    expect(traces.table.genAiSpans).toHaveLength(1)
  })

  test('tells of ids, times and status what protobuf does', () => {
    const fromProtobuf = new ProtobufTraces()
    for (let seed = 1; seed <= 200; seed++) {
      const request = new RandomTraces(seed).request()
      fromProtobuf.scan(request)
      traces.scan(Buffer.from(transcode(request, 'traces', 'protobuf', 'json')))
      const rows = fromProtobuf.table.genAiSpans
      expect(rows.map((row) => identified(traces.read(row)))).toEqual(
        rows.map((row) => identified(fromProtobuf.read(row))),
      )
    }
  })

  test.each([
    [2, 'error'],
    ['STATUS_CODE_ERROR', 'error'],
    ['STATUS_CODE_OK', 'ok'],
    ['STATUS_CODE_NEW', 'unset'],
  ])('reads the status code %j as %s', (code, status) => {
    const span = { attributes: [{ key: 'gen_ai.system' }], status: { code } }
    traces.scan(Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })))
    expect(traces.read(0).status).toBe(status)
  })

  test('refuses damaged text with InvalidTracesError or passes over the damage, and never fails otherwise', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new RandomTraces(seed)
        let body = Buffer.from(randomJson(random))
        const at = random.below(body.length)
        const kind = random.below(3)
        if (kind === 0) body = body.subarray(0, at)
        else if (kind === 1) body[at] = 0x20 + random.below(96)
        else
          body = Buffer.concat([
            body.subarray(0, at),
            Buffer.from('{}[]",:\\0'[random.below(9)]!),
            body.subarray(at),
          ])
        try {
          enrich(body)
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidTracesError)
        }
      }),
      { numRuns: runs },
    )
  })

  test.each([
    [
      'without an attributes member',
      '{"spanId":"1000000000000000" }',
      '{"spanId":"1000000000000000" ,"attributes":[+]}',
    ],
    [
      'whose attributes are null',
      '{"attributes": null ,"spanId":"1000000000000000"}',
      '{"attributes": [+] ,"spanId":"1000000000000000"}',
    ],
    [
      'whose attributes are empty',
      '{"spanId":"1000000000000000","attributes":[ ]}',
      '{"spanId":"1000000000000000","attributes":[ +]}',
    ],
  ])('appends to a span %s', (_title, span, expected) => {
    const around = (inner: string): string => `{"resourceSpans":[{"scopeSpans":[{"spans":[${inner}]}]}]}`
    traces.scan(Buffer.from(around(span)))
    traces.write((writer) => writer.string('k', 'v'))
    traces.edit(0, [], 0, traces.written)
    const { buffer, length } = traces.finish(pool)
    expect(buffer.toString('utf8', 0, length)).toBe(
      around(expected.replace('+', '{"key":"k","value":{"stringValue":"v"}}')),
    )
    pool.release(buffer)
  })

  const withSpan = (members: string) => `{"resourceSpans":[{"scopeSpans":[{"spans":[{${members}}]}]}]}`
  const TRACE_ID = '5b8EFFF798038103d269b633813fc60c'

  test.each([
    ['no ids', '"traceId":"","spanId":null'],
    ['ids in hex of either case', `"traceId":"${TRACE_ID}","spanId":"eee19b7ec3c1b17A"`],
  ])('takes a span with %s', (_title, members) => {
    expect(() => traces.scan(Buffer.from(withSpan(members)))).not.toThrow()
  })

  test.each([
    ['a trace id that is too short', `"traceId":"${TRACE_ID.slice(1)}"`],
    ['a trace id that is too long', `"traceId":"${TRACE_ID}0"`],
    ['a trace id that is no hex', `"traceId":"${TRACE_ID.replace('c', 'g')}"`],
    ['a span id that is no hex', '"spanId":"eee19b7ec3c1b17/"'],
    ['a span id in base64', '"spanId":"7uGbfsPBsXQ="'],
    ['a parent span id of 32 digits', `"parentSpanId":"${TRACE_ID}"`],
  ])('refuses a batch with %s', (_title, members) => {
    expect(() => traces.scan(Buffer.from(withSpan(members)))).toThrow(InvalidTracesError)
  })

  test('takes and refuses in strings, whatever their length and place, what JSON.parse does', () => {
    const texts = [
      '\\n',
      '\\"',
      '\\\\',
      '\\/',
      '\\u00e9',
      '\\ud83d',
      'é',
      '😀',
      '\u007f',
      '\u0080',
      '#',
      '[',
      ']',
      '!',
    ]
    const wrong = ['\n', '\t', '\u0000', '\u001f', '\\x', '\\u12', '\\u12g4', '\\u', '\\ ', '\\']
    const outcome = (read: () => unknown): boolean => {
      try {
        read()
        return true
      } catch {
        return false
      }
    }
    for (const text of [...texts, ...wrong]) {
      for (let before = 0; before < 70; before++) {
        const string = `"${'x'.repeat(before)}${text}${'y'.repeat(before % 9)}"`
        for (const members of [
          `"name":${string}`,
          `"attributes":[{"key":"a","value":{"stringValue":${string}}}]`,
          `"attributes":[{"key":${string},"value":{"intValue":1}}]`,
        ]) {
          const body = withSpan(members)
          expect(
            outcome(() => traces.scan(Buffer.from(body))),
            body,
          ).toBe(outcome(() => JSON.parse(body)))
        }
      }
    }
  })

  test('takes deep nesting and long strings in linear time, and refuses nesting beyond reason', () => {
    const deep = `{"resourceSpans":[],"x":${'['.repeat(400)}${']'.repeat(400)}}`
    traces.scan(Buffer.from(deep))
    const start = performance.now()
    expect(() => traces.scan(Buffer.from(`{"x":${'['.repeat(1_000_000)}`))).toThrow(InvalidTracesError)
    traces.scan(Buffer.from(`{"x":"${'\\"'.repeat(3_000_000)}"}`))
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
