import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { loadPriceBook } from '@spanmeter/pricing'
import { describe, expect, test } from 'vitest'
import { encodeTraces, testSpan } from '../test/support/otlp-messages.ts'
import { createCostMetrics } from './metrics/cost-metrics.ts'
import { createProcessTraces } from './process-traces.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')
const MIB = 2 ** 20
const BATCHES = 100

function liveBytes(): number {
  collectGarbage()
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

const usual = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4.1',
  'gen_ai.usage.input_tokens': 1000,
}

/** A batch with one call, where what stands for a name is a text of 200 KB that no batch before it had. */
const batches: readonly (readonly [string, (text: string) => Buffer])[] = [
  ...['gen_ai.operation.name', 'gen_ai.provider.name', 'gen_ai.request.model', 'gen_ai.response.model'],
  ...['business.feature', 'business.tenant', 'business.team', 'gen_ai.workflow.name'],
].map((name) => [name, (text) => batchOf({ ...usual, [name]: text })])

function batchOf(attributes: Readonly<Record<string, unknown>>, scope = 'app'): Buffer {
  const spans = [testSpan({ attributes })]
  return encodeTraces({ resourceSpans: [{ scopeSpans: [{ scope: { name: scope }, spans }] }] })
}

describe('of long texts that never come again nothing stays in memory', () => {
  test.each([
    ...batches,
    ["an attribute's name", (text: string) => batchOf({ ...usual, [text]: 'x' })] as const,
    ["a scope's name", (text: string) => batchOf(usual, text)] as const,
  ])('where they stand for %s', (_place, batch) => {
    const content = { drop: ['secret.*'] }
    const processTraces = createProcessTraces({ priceBook: loadPriceBook(), content })
    const metrics = createCostMetrics()
    const send = (index: number): void => {
      const { calls, release } = processTraces(batch(`${index} ${'x'.repeat(200_000)}`), 'protobuf')
      metrics.record(calls)
      release()
    }
    send(-1)
    const before = liveBytes()
    for (let index = 0; index < BATCHES; index++) send(index)
    expect((liveBytes() - before) / MIB).toBeLessThan(6)
  })
})
