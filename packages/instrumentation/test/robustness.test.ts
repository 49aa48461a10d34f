import { createServer, type Server } from 'node:http'
import {
  brotliCompressSync,
  constants,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CapturedSpans, captureSpans } from './support/captured-spans.ts'
import { listen } from './support/listen.ts'

/** What the next request is answered with. */
let answer: { body: Uint8Array; type: string; encoding?: string } = {
  body: Buffer.alloc(0),
  type: 'application/json',
}
let server: Server
let url: string
let captured: CapturedSpans

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => {
      const encoding = answer.encoding === undefined ? {} : { 'content-encoding': answer.encoding }
      response.writeHead(200, { 'content-type': answer.type, ...encoding }).end(answer.body)
    })
  })
  url = `${await listen(server)}/v1/chat/completions`
  captured = captureSpans()
})
afterAll(() => {
  captured.stop()
  server.close()
  server.closeAllConnections()
})

async function call(stream: boolean): Promise<{ seen: Uint8Array; usage: Record<string, unknown> }> {
  const body = JSON.stringify({ model: 'm', messages: [], stream, stream_options: { include_usage: true } })
  const response = await fetch(url, { method: 'POST', body })
  const seen = new Uint8Array(await response.arrayBuffer())
  const [span] = await captured.take(1)
  const usage = Object.fromEntries(
    Object.entries(span?.attributes ?? {}).filter(([name]) => name.includes('usage')),
  )
  return { seen, usage }
}

const USAGE = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 }
const COMPLETION = JSON.stringify({
  id: 'c',
  object: 'chat.completion',
  model: 'm-1',
  choices: [{ index: 0, message: { content: 'é✓' }, finish_reason: 'stop' }],
  usage: USAGE,
})
const STREAM = [
  { id: 'c', model: 'm-1', choices: [{ index: 0, delta: { content: 'é✓' } }] },
  { id: 'c', model: 'm-1', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  { id: 'c', model: 'm-1', choices: [], usage: USAGE },
]
  .map((event) => `data: ${JSON.stringify(event)}\n\n`)
  .join('')

describe('malformed answers', () => {
  test('broken anywhere, they reach the app as they are, and never give a wrong number', async () => {
    const whole = fc.constantFrom({ text: COMPLETION, stream: false }, { text: STREAM, stream: true })
    await fc.assert(
      fc.asyncProperty(
        whole,
        fc.nat(),
        fc.nat(),
        fc.uint8Array({ maxLength: 8 }),
        async ({ text, stream }, at, cut, noise) => {
          const bytes = Buffer.from(text)
          const from = at % bytes.length
          const to = Math.min(bytes.length, from + (cut % 20))
          answer = {
            body: Buffer.concat([bytes.subarray(0, from), noise, bytes.subarray(to)]),
            type: stream ? 'text/event-stream' : 'application/json',
          }
          const { seen, usage } = await call(stream)
          expect(Buffer.compare(seen, answer.body)).toBe(0)
          const touchesUsage = to > bytes.indexOf('"usage"')
          if (!touchesUsage && usage['gen_ai.usage.input_tokens'] !== undefined)
            expect(usage['gen_ai.usage.input_tokens']).toBe(11)
          for (const value of Object.values(usage))
            if (typeof value === 'number') expect(Number.isSafeInteger(value)).toBe(true)
        },
      ),
      { numRuns: 150 },
    )
  })

  test.each([
    ['huge numbers', COMPLETION.replace('11', '1e400')],
    ['negative numbers', COMPLETION.replace('11', '-11')],
    ['a number as text', COMPLETION.replace('11', '"11"')],
    ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['a line without end', `data: ${'x'.repeat(300_000)}`],
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x22, 0x80]).toString('latin1')],
    ['nothing', ''],
  ])('%s: no exception, no number that isn’t one', async (_, body) => {
    answer = { body: Buffer.from(body, 'latin1'), type: 'application/json' }
    const { seen, usage } = await call(false)
    expect(seen.length).toBe(answer.body.length)
    const input = usage['gen_ai.usage.input_tokens']
    expect(input === undefined || input === 11).toBe(true)
  })
})

describe('compressed answers', () => {
  // As servers compress what they send at once: its best takes seconds.
  const brotli = (bytes: Buffer): Buffer =>
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
  const large = JSON.stringify({
    ...JSON.parse(COMPLETION),
    filler: Array.from({ length: 60_000 }, (_, index) => Math.sin(index)),
    usage: USAGE,
  })

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotli],
    ['zstd', zstdCompressSync],
  ] as const)(
    '%s (%o), small and large, are read, and the app gets its own copy',
    async (encoding, compress) => {
      for (const text of [COMPLETION, large]) {
        answer = { body: compress(Buffer.from(text)), type: 'application/json', encoding }
        // Node 24's fetch knows no zstd: what it can't decode it hands over as it came.
        const { usage } = await call(false)
        expect(usage['gen_ai.usage.input_tokens']).toBe(11)
      }
    },
  )

  test('bytes that aren’t what they claim to be are unreadable', async () => {
    answer = { body: Buffer.from('no gzip at all'), type: 'application/json', encoding: 'gzip' }
    const body = JSON.stringify({ model: 'm', messages: [] })
    await fetch(url, { method: 'POST', body })
      .then((response) => response.text())
      .catch(() => undefined)
    const [span] = await captured.take(1)
    expect(['unreadable', 'aborted']).toContain(span?.attributes['spanmeter.usage.missing'])
  })
})

describe('the results of a batch, far longer than what is held of them', () => {
  const lines = Array.from({ length: 500 }, (_, index) =>
    JSON.stringify({
      custom_id: `${index}`,
      result: {
        type: 'succeeded',
        message: {
          model: 'claude-opus-5',
          content: [{ type: 'text', text: `"usage" ${Math.sin(index)} `.repeat(40) }],
          usage: { input_tokens: 3, output_tokens: index },
        },
      },
    }),
  ).join('\n')
  const fetchResults = (): Promise<Response> => fetch(new URL('/v1/messages/batches/msgbatch_1/results', url))

  test.each([
    ['plain', (bytes: Buffer): Buffer => bytes],
    ['gzip', gzipSync],
  ] as const)('%s: are added up as they pass', async (encoding, compress) => {
    answer = { body: compress(Buffer.from(lines)), type: 'application/binary' }
    if (encoding !== 'plain') answer.encoding = encoding
    expect(await (await fetchResults()).text()).toBe(lines)
    const [span] = await captured.take(1)
    expect(span?.attributes).toMatchObject({
      'gen_ai.operation.name': 'fetch_batch_results',
      'gen_ai.response.model': 'claude-opus-5',
      'gen_ai.usage.input_tokens': 1500,
      'gen_ai.usage.output_tokens': 124_750,
      'spanmeter.request.batch': true,
    })
  })

  test('have no usage where the app lets go of them', async () => {
    answer = { body: Buffer.from(lines), type: 'application/binary' }
    const reader = (await fetchResults()).body!.getReader()
    await reader.read()
    await reader.cancel()
    const [span] = await captured.take(1)
    expect(span?.attributes['gen_ai.usage.input_tokens']).toBeUndefined()
    expect(span?.attributes['spanmeter.usage.missing']).toBe('aborted')
  })
})
