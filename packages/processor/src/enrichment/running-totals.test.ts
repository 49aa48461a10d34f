import { loadPriceBook } from '@spanmeter/pricing'
import { expect, test } from 'vitest'
import {
  attributes,
  encodeTraces,
  spanAttributes,
  type TestSpan,
  testSpan,
} from '../../test/support/otlp-messages.ts'
import { createProcessTraces } from '../process-traces.ts'
import { openBatchMemory, sharedBatchMemory } from './batch-memory.ts'
import { readLedgerSpans } from './read-ledger-spans.ts'

const priceBook = loadPriceBook()

/** gpt-4.1, $2 and $8 a million tokens, by Spring AI: a second after the one before. */
function call(id: number, input: number, output: number, reason: string, parent = 9): TestSpan {
  return {
    id,
    parent,
    name: 'chat gpt-4.1',
    start: `${1_780_000_000 + id}000000000`,
    end: `${1_780_000_000 + id}900000000`,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'openai',
      'gen_ai.response.model': 'gpt-4.1',
      'gen_ai.response.finish_reasons': [reason],
      'gen_ai.usage.input_tokens': input,
      'gen_ai.usage.output_tokens': output,
    },
  }
}

function ofGemini(span: TestSpan): TestSpan {
  return { ...span, attributes: { ...span.attributes, 'gen_ai.system': 'google_genai' } }
}

function toolRun(id: number): TestSpan {
  const attributes = { 'gen_ai.operation.name': 'framework', 'spring.ai.kind': 'tool_call' }
  return { ...call(id, 0, 0, ''), name: 'tool_call weather', attributes }
}

const asks = call(1, 1000, 20, 'TOOL_CALLS')
const asksAgain = call(2, 2100, 45, 'TOOL_CALLS')
const answers = call(3, 3300, 145, 'STOP')

function requestOf(spans: readonly TestSpan[], scope = 'org.springframework.boot'): Buffer {
  const messages = spans.map((span) => ({
    ...testSpan(span),
    attributes: attributes(span.attributes ?? {}),
  }))
  return encodeTraces({ resourceSpans: [{ scopeSpans: [{ scope: { name: scope }, spans: messages }] }] })
}

/** What is billed of these batches, each heard of by another thread, as the metrics and as the ledger have it. */
function billed(batches: readonly (readonly TestSpan[])[], scope?: string): string[] {
  const shared = sharedBatchMemory()
  return batches.flatMap((spans) => {
    const process = createProcessTraces({ priceBook, batchMemory: openBatchMemory(shared) })
    const { bytes, calls } = process(requestOf(spans, scope), 'protobuf')
    const counts = calls.map(({ usage }) => `${usage.inputTokens} ${usage.outputTokens}`)
    const rows = readLedgerSpans(bytes, 'protobuf').filter(({ role }) => role === 'own')
    expect(rows.map(({ usage }) => `${usage.inputTokens} ${usage.outputTokens}`)).toEqual(counts)
    return counts
  })
}

const steps = ['1000 20', '1100 25', '1200 100']

test('a call of Spring AI is billed for what it adds to those before it', () => {
  expect(billed([[asks, asksAgain, answers]])).toEqual(steps)
  expect(billed([[asks], [asksAgain], [answers]])).toEqual(steps)
})

test('in whatever order a batch has them', () => {
  expect(billed([[answers, asks, asksAgain]])).toEqual([steps[2], steps[0], steps[1]])
})

test('also where the model says no more than that it stopped, if a tool ran', () => {
  const asks = ofGemini(call(1, 1000, 20, 'STOP'))
  const answers = ofGemini(call(3, 2100, 45, 'STOP'))
  expect(billed([[answers, toolRun(2), asks]])).toEqual(['1100 25', '1000 20'])
  expect(billed([[asks], [toolRun(2)], [answers]])).toEqual(['1000 20', '1100 25'])
  expect(billed([[asks, answers]])).toEqual(['1000 20', '2100 45'])
})

test('a call that is sent twice is billed for the same', () => {
  expect(billed([[asks], [asksAgain], [asksAgain], [answers]])).toEqual([
    ...steps.slice(0, 2),
    ...steps.slice(1),
  ])
})

test('a second processor bills the same', () => {
  const first = createProcessTraces({ priceBook })(requestOf([asks, asksAgain, answers]), 'protobuf')
  const bytes = Buffer.from(first.bytes)
  const second = createProcessTraces({ priceBook })(bytes, 'protobuf')
  expect(spanAttributes(second.bytes)).toEqual(spanAttributes(bytes))
  expect(spanAttributes(bytes).map((span) => span['spanmeter.cost.amount'])).toEqual([
    0.00216, 0.0024, 0.0032,
  ])
})

test.each<[string, TestSpan[]]>([
  ['whose model was not asked for a tool before', [call(1, 1000, 20, 'STOP'), call(2, 2100, 45, 'STOP')]],
  ['that count for themselves', [asks, call(2, 1100, 100, 'STOP')]],
  ['of version 2, each beneath a span of its own', [asks, call(2, 2100, 45, 'STOP', 8)]],
])('calls %s are billed whole', (_case, spans) => {
  expect(billed([spans])).toEqual(
    spans.map(
      ({ attributes: of }) => `${of!['gen_ai.usage.input_tokens']} ${of!['gen_ai.usage.output_tokens']}`,
    ),
  )
})

test('calls of others are billed whole', () => {
  expect(billed([[asks, asksAgain]], 'other')).toEqual(['1000 20', '2100 45'])
})
