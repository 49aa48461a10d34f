import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { currentAttempt } from '../src/transports/current-attempt.ts'
import { type CapturedSpans, captureSpans } from './support/captured-spans.ts'
import { listen } from './support/listen.ts'

let server: Server
let url: string
let captured: CapturedSpans
beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('data: {"id":"c","model":"m-1","choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n')
  })
  url = `${await listen(server)}/v1/chat/completions`
  captured = captureSpans()
})
afterAll(() => {
  captured.stop()
  server.close()
  server.closeAllConnections()
})

const body = JSON.stringify({ model: 'm', messages: [], stream: true })

async function begin(controller = new AbortController()): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const response = await fetch(url, { method: 'POST', body, signal: controller.signal })
  const reader = response.body!.getReader()
  await reader.read()
  return reader
}

describe('an app that lets go of a stream is no failure of the call', () => {
  test.each<[string, unknown]>([
    ['without a reason', undefined],
    ['a text as the reason', 'enough'],
    ['an error of its own as the reason', new Error('the user has left')],
  ])('cancelled, %s', async (_, reason) => {
    await (await begin()).cancel(reason)
    const [span] = await captured.take(1)
    expect(span?.attributes['error.type']).toBeUndefined()
    expect(span?.status.code).toBe(0)
    expect(span?.attributes['spanmeter.usage.missing']).toBe('aborted')
  })

  test.each<[string, unknown]>([
    ['without a reason', undefined],
    ['a text as the reason', 'enough'],
    ['an error of its own as the reason', new Error('the user has left')],
  ])('aborted, %s', async (_, reason) => {
    const controller = new AbortController()
    const reader = await begin(controller)
    controller.abort(reason)
    await expect(reader.read()).rejects.toBeDefined()
    const [span] = await captured.take(1)
    expect(span?.attributes['error.type']).toBeUndefined()
    expect(span?.attributes['spanmeter.usage.missing']).toBe('aborted')
  })
})

test('what is kept of a call that is over has none of the headers of its request', async () => {
  const attempts: ReturnType<typeof currentAttempt>[] = []
  const seeAttempt = (): number => attempts.push(currentAttempt())
  subscribe('undici:request:create', seeAttempt)
  const response = await fetch(url, { method: 'POST', body, headers: { 'x-app': 'of the app' } })
  unsubscribe('undici:request:create', seeAttempt)
  const header = (): string | undefined => attempts[0]?.start.head.header('x-app')
  expect(header()).toBe('of the app')
  await response.body!.cancel()
  await captured.take(1)
  expect(attempts[0]?.active).toBe(false)
  expect(header()).toBeUndefined()
})
