import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRequest, readResponse } from '../src/call/read-exchange.ts'
import { flavors } from '../src/flavors/find-flavor.ts'
import type { ApiFlavor, GenAiResponse } from '../src/flavors/types.ts'
import type { ObservedBody } from '../src/wire/types.ts'

const CONTENT_TYPES = [
  'application/json',
  'text/event-stream',
  'application/x-ndjson',
  'application/vnd.amazon.eventstream',
]

/** Names that readers look for, so that random objects come near to what they expect. */
const NAMES = [
  ...[
    'usage',
    'usageMetadata',
    'meta',
    'response',
    'message',
    'delta',
    'choices',
    'candidates',
    'error',
    'type',
    'id',
    'model',
  ],
  ...[
    'prompt_tokens',
    'completion_tokens',
    'input_tokens',
    'output_tokens',
    'total_tokens',
    'promptTokenCount',
    'inputTokens',
  ],
  ...[
    'prompt_tokens_details',
    'cached_tokens',
    'tokens',
    'billed_units',
    'finish_reason',
    'finishReason',
    'stop_reason',
    'index',
  ],
  ...[
    'results',
    'outputs',
    'result',
    'metrics',
    'details',
    'cache_creation',
    'server_tool_use',
    'output',
    'status',
    'bytes',
    'metadata',
  ],
]

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(
      null,
      true,
      '',
      'stop',
      'message_start',
      'message_delta',
      -1,
      0,
      7,
      1.5,
      1e308,
      2 ** 60,
      '12',
      '[]',
    ),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('any'), { maxKeys: 6 }),
  ),
})).any

const json = value.map((any) => JSON.stringify(any))

const text = fc.oneof(
  json,
  fc.array(json, { maxLength: 4 }).map((events) => events.map((event) => `data: ${event}\n\n`).join('')),
  fc.array(json, { maxLength: 4 }).map((events) => events.join('\n')),
  fc.array(json, { maxLength: 4 }).map((events) => `[${events.join(',')}]`),
)

const body: fc.Arbitrary<ObservedBody> = fc
  .record({
    bytes: fc.oneof(
      text.map((content) => Buffer.from(content)),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    ),
    flips: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
    window: fc.option(fc.integer({ min: 1, max: 80 })),
    ended: fc.boolean(),
  })
  .map(({ bytes, flips, window, ended }) => {
    for (const [position, byte] of flips) if (bytes.length > 0) bytes[position % bytes.length] = byte
    const complete = window === null || bytes.length <= window
    return {
      head: complete ? bytes : bytes.subarray(0, window),
      tail: complete ? bytes : bytes.subarray(-window),
      complete,
      ended,
      totalBytes: bytes.length,
    }
  })

function read(flavor: ApiFlavor, observed: ObservedBody, status: number, contentType: string): GenAiResponse {
  const header = (name: string): string | undefined => (name === 'content-type' ? contentType : undefined)
  const head = {
    method: 'POST',
    protocol: 'https:',
    host: 'x',
    port: undefined,
    path: '/model/m/invoke',
    query: '',
    header,
  }
  const request = readRequest(flavor, { ...head, body: observed }) ?? { operation: 'chat' }
  flavor.readContent?.({ ...head, body: observed }, { status, header, body: observed })
  const sum = flavor.openSum?.({ ...request, operation: 'fetch_batch_results' })
  sum?.write(observed.head)
  return readResponse(flavor, { status, header, body: observed }, request, sum)
}

describe.each(flavors.map((flavor) => [flavor.name, flavor] as const))('%s', (_, flavor) => {
  test('never throws, and states whole counts or none', () => {
    fc.assert(
      fc.property(
        body,
        fc.constantFrom(200, 200, 400),
        fc.constantFrom(...CONTENT_TYPES),
        (observed, status, type) => {
          const { usage, id, model, finishReasons = [] } = read(flavor, observed, status, type)
          for (const [name, count] of Object.entries(usage ?? {})) {
            if (name === 'seconds') expect(count).toBeTypeOf('number')
            else expect(count).toSatisfy((number) => Number.isSafeInteger(number) && number >= 0)
          }
          for (const label of [id, model, ...finishReasons])
            expect(['string', 'undefined']).toContain(typeof label)
        },
      ),
      { numRuns: 150 },
    )
  })

  test.each([
    ['nesting without end', '{"usage":'.repeat(20_000)],
    ['a list of lists without end', `{"choices":${'['.repeat(50_000)}`],
    ['a line that never ends', `data: {"choices":[{"delta":{"content":"${'x'.repeat(100_000)}`],
    [
      'numbers too large to be counts',
      '{"usage":{"prompt_tokens":1e400,"completion_tokens":99999999999999999999}}',
    ],
    ['quotes without end', '"'.repeat(50_000)],
    ['backslashes without end', `{"id":"${'\\'.repeat(50_001)}`],
    ['text that is not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0xc3, 0x28, 0x7d])],
  ])('reads nothing in %s', (_case, content) => {
    const bytes = Buffer.from(content as string)
    for (const type of CONTENT_TYPES) {
      const observed = { head: bytes, tail: bytes, complete: true, ended: true, totalBytes: bytes.length }
      expect(read(flavor, observed, 200, type).usage?.inputTokens).toBeUndefined()
    }
  })
})
