import { ROOT_CONTEXT } from '@opentelemetry/api'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { observeWhole } from '../observation/body-recorder.ts'
import { requestHeadFromUrl } from '../request-head.ts'
import type { AttemptEnd, AttemptStart } from './attempt.ts'
import type { GenAiCall } from './gen-ai-call.ts'
import { RetryQueue } from './retries.ts'

let headersRead: number
let ended: number[]
let queue: RetryQueue
beforeEach(() => {
  vi.useFakeTimers()
  headersRead = 0
  ended = []
  queue = new RetryQueue()
})
afterEach(() => {
  vi.useRealTimers()
})

function start(): AttemptStart {
  const head = requestHeadFromUrl('POST', 'https://api.openai.com/v1/chat/completions', () => {
    headersRead++
    return undefined
  })
  return { head, parentContext: ROOT_CONTEXT, startedAt: 0 } as unknown as AttemptStart
}

const body = (call: number): ReturnType<typeof observeWhole> => observeWhole(Buffer.from(`call ${call}`))

function fail(calls: number): void {
  for (let call = 0; call < calls; call++) {
    const waiting = { end: () => ended.push(call) } as unknown as GenAiCall
    queue.add(waiting, { start: start(), body: body(call) } as unknown as AttemptEnd, 10_000)
  }
}

describe('while a provider answers nothing', () => {
  test('of a thousand calls that wait for their retries the oldest is ended for one more', () => {
    fail(1001)
    expect(ended).toEqual([0])
    queue.take(start(), body(1))?.end()
    expect(ended).toEqual([0, 1])
    vi.advanceTimersByTime(10_000)
    expect(ended).toHaveLength(1001)
  })

  test('the headers of a call are read once, however many wait', () => {
    fail(1000)
    headersRead = 0
    expect(queue.take(start(), body(1000))).toBeUndefined()
    expect(headersRead).toBe(2)
  })
})

test('a call with a body is no retry of one without, nor the other way round', () => {
  fail(1)
  expect(queue.take(start(), undefined)).toBeUndefined()
  queue.add({} as GenAiCall, { start: start(), body: undefined } as AttemptEnd, 10_000)
  expect(queue.take(start(), body(2))).toBeUndefined()
  expect(queue.take(start(), undefined)).toBeDefined()
})
