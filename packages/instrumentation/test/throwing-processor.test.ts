import { logs, trace } from '@opentelemetry/api'
import { LoggerProvider } from '@opentelemetry/sdk-logs'
import { type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { freePorts } from '../../../test/support/free-ports.ts'
import type { RunningMetering } from '../src/running-metering.ts'
import { startMetering } from '../src/start-metering.ts'

/** How many spans the app's own processor has been given, each of which it throws at. */
let ended: number
let metering: RunningMetering
beforeEach(() => {
  ended = 0
  const processor: SpanProcessor = {
    onStart() {},
    onEnd() {
      ended++
      throw new Error('by the app')
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  }
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [processor] }))
  metering = startMetering()
})
afterEach(() => {
  vi.useRealTimers()
  metering.stop()
  trace.disable()
})

/** A call that fails in a way that clients try again. */
async function fail(content: string): Promise<void> {
  const [port] = await freePorts(1)
  const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] })
  const refused = fetch(`http://127.0.0.1:${port}/v1/chat/completions`, { method: 'POST', body })
  await expect(refused).rejects.toThrow()
}

test('what a span processor throws, of a call whose retry never came, is no uncaught exception', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  await fail('Hello')
  expect(() => vi.advanceTimersByTime(60_000)).not.toThrow()
  expect(ended).toBe(1)
})

test('a span processor that throws at one call is told of the others, too', async () => {
  await fail('Hello')
  await fail('Hi')
  expect(() => metering.endOpenCalls()).not.toThrow()
  expect(ended).toBe(2)
})

test('what a processor of log records throws, at the content of a call, costs it neither its span nor the app anything', async () => {
  const onEmit = (): void => {
    throw new Error('by the app')
  }
  const processor = { onEmit, forceFlush: async () => {}, shutdown: async () => {} }
  logs.setGlobalLoggerProvider(new LoggerProvider({ processors: [processor] }))
  metering = startMetering({ captureMessageContent: 'EVENT_ONLY' })
  await fail('Hello')
  metering.endOpenCalls()
  logs.disable()
  expect(ended).toBe(1)
})
