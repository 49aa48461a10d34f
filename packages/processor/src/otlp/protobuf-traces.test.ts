import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attributes, decodeTraces, encodeTraces, type Message } from '../../test/support/otlp-messages.ts'
import { RandomTraces } from '../../test/support/random-traces.ts'
import { fieldsOf, withContent } from '../../test/support/raw-fields.ts'
import { BufferPool } from './buffer-pool.ts'
import { InvalidTracesError } from './errors.ts'
import { genAiKeyPrefixes } from './gen-ai-keys.ts'
import { ProtobufTraces } from './protobuf-traces.ts'

const pool = new BufferPool()
const traces = new ProtobufTraces()

/** Appends two attributes to each GenAI span and cuts those named `replaced`. */
function enrich(body: Buffer): Buffer {
  traces.scan(body)
  for (const row of traces.table.genAiSpans) {
    const cuts = traces.read(row).rangesOf((name) => name === 'replaced')
    const start = traces.written
    traces.write((writer) => {
      writer.double('cost', 2)
      writer.string('business.feature', 'Füße')
    })
    traces.edit(row, cuts, start, traces.written)
  }
  if (traces.table.genAiSpans.length === 0) return body
  const { buffer, length } = traces.finish(pool)
  const result = Buffer.from(buffer.subarray(0, length))
  pool.release(buffer)
  return result
}

const appended = encodeTraces({
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: [
            {
              attributes: [
                { key: 'cost', value: { doubleValue: 2 } },
                { key: 'business.feature', value: { stringValue: 'Füße' } },
              ],
            },
          ],
        },
      ],
    },
  ],
})
const appendedAttributes = fieldsOf(fieldsOf(fieldsOf(appended)[0]!.content)[0]!.content)[0]!.content

function keyOf(keyValue: Buffer): string {
  const keys = fieldsOf(keyValue).filter(({ number, wireType }) => number === 1 && wireType === 2)
  return keys.at(-1)?.content.toString() ?? ''
}

/** Decode, modify, encode; unknown fields and over-long varints of what isn't modified stay. */
function oracle(message: Buffer, level: 'request' | 'resource' | 'scope' | 'span'): Buffer {
  const fields = fieldsOf(message)
  if (level === 'span') {
    const attributes = fields.filter(({ number, wireType }) => number === 9 && wireType === 2)
    const isGenAi = attributes.some(({ content }) =>
      genAiKeyPrefixes.some((prefix) => keyOf(content).startsWith(prefix)),
    )
    if (!isGenAi) return message
    const kept = fields.filter(
      (field) => !(attributes.includes(field) && keyOf(field.content) === 'replaced'),
    )
    return Buffer.concat([...kept.map(({ whole }) => whole), appendedAttributes])
  }
  const children = { request: [1, 'resource'], resource: [2, 'scope'], scope: [2, 'span'] } as const
  const [child, next] = children[level]
  const modified = fields.map((field) => {
    if (field.number !== child || field.wireType !== 2) return field.whole
    const content = oracle(field.content, next)
    return content === field.content ? field.whole : withContent(field, content)
  })
  return modified.every((whole, index) => whole === fields[index]!.whole) ? message : Buffer.concat(modified)
}

const seeds = fc.integer({ min: 1, max: 0x7fffffff })
const runs = Number(process.env.SPANMETER_FUZZ_RUNS ?? 2000)

describe('ProtobufTraces', () => {
  test('equals decode-modify-encode, byte by byte, on valid messages of every odd shape', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const body = new RandomTraces(seed).request()
        const result = enrich(body)
        expect(result.equals(oracle(body, 'request'))).toBe(true)
        decodeTraces(result)
      }),
      { numRuns: runs },
    )
  })

  test('refuses damaged messages with InvalidTracesError or passes over the damage, and never fails otherwise', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new RandomTraces(seed)
        let body = random.request()
        for (let damage = random.below(4); damage >= 0 && body.length > 0; damage--) {
          const at = random.below(body.length)
          const kind = random.below(3)
          if (kind === 0) body = body.subarray(0, at)
          else if (kind === 1) body[at] = random.below(256)
          else
            body = Buffer.concat([body.subarray(0, at), Buffer.from([random.below(256)]), body.subarray(at)])
        }
        try {
          enrich(body)
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidTracesError)
          // What a decoder of plain protobuf has no word on.
          if (!/ an id of \d+ bytes /.test((error as Error).message))
            expect(() => decodeTraces(body)).toThrow()
        }
      }),
      { numRuns: runs * 2 },
    )
  })

  test.each([
    ['traceId', 16],
    ['spanId', 8],
    ['parentSpanId', 8],
  ])('takes a %s of %i bytes or none, and refuses a batch with one of another length', (name, length) => {
    const scan = (size: number) => {
      const spans = [{ name: 'ok' }, { name: 'span', [name]: Buffer.alloc(size, 1) }]
      new ProtobufTraces().scan(encodeTraces({ resourceSpans: [{ scopeSpans: [{ spans }] }] }))
    }
    for (const size of [0, length]) expect(() => scan(size)).not.toThrow()
    for (const size of [1, length - 1, length + 1]) {
      expect(() => scan(size)).toThrow(
        new InvalidTracesError(`an id of ${size} bytes where ${length} are expected`),
      )
    }
  })

  test('reads a resource and a scope wherever their fields stand, and merges several', () => {
    const resourceSpans = (part: Message) => fieldsOf(encodeTraces({ resourceSpans: [part] }))[0]!
    const scopeSpans = (part: Message) => fieldsOf(resourceSpans({ scopeSpans: [part] }).content)[0]!
    const resource = (values: Record<string, unknown>) =>
      resourceSpans({ resource: { attributes: attributes(values) } })
    const call = { spanId: Buffer.alloc(8, 1), attributes: attributes({ 'gen_ai.request.model': 'm' }) }
    const scope = withContent(
      scopeSpans({}),
      Buffer.concat([
        scopeSpans({ scope: { version: '1' } }).content,
        scopeSpans({ spans: [call] }).content,
        scopeSpans({ scope: { name: 'late' } }).content,
      ]),
    )
    const body = withContent(
      resourceSpans({}),
      Buffer.concat([
        scope,
        resource({ 'service.name': 'shop' }).content,
        scope,
        resource({ 'host.name': 'a', 'service.name': 'second' }).content,
      ]),
    )
    traces.scan(body)
    expect(
      traces.table.genAiSpans.map((row) => {
        const span = traces.read(row)
        return [span.scopeName, Object.fromEntries(span.resource.attributes)]
      }),
    ).toEqual(Array(2).fill(['late', { 'service.name': 'shop', 'host.name': 'a' }]))
  })
})
