import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HEAD_BYTES, TAIL_BYTES } from '../src/observation/body-recorder.ts'
import { type CapturedSpans, captureSpans } from './support/captured-spans.ts'
import { collectGarbage } from './support/collect-garbage.ts'

/** Longer runs: SPANMETER_HEAP_CALLS=100000 SPANMETER_CONCURRENT_STREAMS=10000. */
const CALLS = Number(process.env.SPANMETER_HEAP_CALLS ?? 1_500)
const STREAMS = Number(process.env.SPANMETER_CONCURRENT_STREAMS ?? 200)

const REFUSED = 200

const CHUNK = Buffer.from(
  `data: {"id":"1","model":"m","choices":[{"delta":{"content":"${'word '.repeat(200)}"}}]}\n\n`,
)
const CHUNKS = 300
const LAST = 'data: {"id":"1","model":"m","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}}\n\n'

let server: Server
let url: string
let captured: CapturedSpans
let held: Promise<void>

/** @returns what ends the streams that are held open. */
function holdStreams(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>()
  held = promise
  return resolve
}

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume()
    if (request.url === '/refused/chat/completions') {
      response.writeHead(429).end('{"error":{"type":"rate_limit_error"}}')
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    void answer(request.url === '/short/chat/completions' ? 3 : CHUNKS)

    async function answer(chunks: number): Promise<void> {
      for (let index = 0; index < chunks; index++) if (!response.write(CHUNK)) await once(response, 'drain')
      if (chunks === CHUNKS) await held
      response.end(LAST)
    }
  })
  server.listen({ port: 0, host: '127.0.0.1', backlog: STREAMS })
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  captured = captureSpans()
})
afterAll(() => {
  captured.stop()
  server.close()
  server.closeAllConnections()
})

function memory(): { heapUsed: number; arrayBuffers: number } {
  collectGarbage()
  return process.memoryUsage()
}

async function openStream(path: string): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const body = JSON.stringify({ model: 'm', messages: [], stream: true })
  const response = await fetch(`${url}/${path}/chat/completions`, { method: 'POST', body })
  return response.body!.getReader()
}

async function read(reader: ReadableStreamDefaultReader<Uint8Array>, bytes: number): Promise<void> {
  for (let seen = 0; seen < bytes; ) {
    const { value, done } = await reader.read()
    if (done) return
    seen += value.length
  }
}

describe('memory', () => {
  test('the heap is flat over many calls', { timeout: 60_000 + CALLS * 10 }, async () => {
    async function heapAfter(count: number): Promise<number> {
      for (let index = 0; index < count; index++) {
        await read(await openStream('short'), Number.POSITIVE_INFINITY)
        if (index % 100 === 0) await captured.take(1)
      }
      await captured.take(1)
      return memory().heapUsed
    }
    const before = await heapAfter(500)
    expect((await heapAfter(CALLS)) - before).toBeLessThan(3e6)
  })

  test('each of many concurrent streams, however long, keeps two ends, and nothing once it is over', {
    timeout: 60_000 + STREAMS * 100,
  }, async () => {
    // Buffers are freed by another thread, some time after they were collected.
    const patiently = { interval: 100, timeout: 30_000 }
    const start = memory().arrayBuffers
    const perStream = (): number => (memory().arrayBuffers - start) / STREAMS
    const release = holdStreams()
    const readers: ReadableStreamDefaultReader<Uint8Array>[] = []
    for (let index = 0; index < STREAMS; index++) {
      const reader = await openStream('long')
      await read(reader, CHUNK.length * CHUNKS)
      readers.push(reader)
    }
    await expect.poll(perStream, patiently).toBeLessThan(1.25 * (HEAD_BYTES + TAIL_BYTES))
    expect(perStream()).toBeGreaterThan(HEAD_BYTES)
    release()
    for (const reader of readers) await read(reader, Number.POSITIVE_INFINITY)
    expect(await captured.take(STREAMS)).toHaveLength(STREAMS)
    await expect.poll(perStream, patiently).toBeLessThan(0.1 * HEAD_BYTES)
  })

  test('a failed call that waits for a retry keeps what was said, not the buffers around it', async () => {
    const call = async (user: string): Promise<void> => {
      const body = JSON.stringify({ model: 'm', messages: [], user })
      const response = await fetch(`${url}/refused/chat/completions`, { method: 'POST', body })
      await response.text()
    }
    await call('first')
    const start = memory().arrayBuffers
    for (let index = 0; index < REFUSED; index++) {
      await call(String(index))
      // What else the app does: Node puts small buffers into a larger one.
      for (let other = 0; other < 20; other++) Buffer.from('word '.repeat(600))
    }
    const perCall = (): number => (memory().arrayBuffers - start) / REFUSED
    // Within the 10 s for which the calls wait.
    await expect.poll(perCall, { interval: 100, timeout: 8_000 }).toBeLessThan(4096)
  })
})
