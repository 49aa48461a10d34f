import { expect, test } from 'vitest'
import type { MeteredCall } from '../enrichment/metered-call.ts'
import { CallEncoder, decodeCalls } from './call-encoding.ts'

const priced: MeteredCall = {
  identity: [1, -2, 3, 0x7fffffff, -0x80000000, 6],
  role: 'own',
  provider: 'openai',
  model: 'gpt-4o-2024-08-06',
  workflow: 'support',
  usageMissing: 'aborted',
  attempts: 2,
  usage: { inputTokens: 10, cacheReadTokens: 4, cacheWriteTokens: 0, outputTokens: 7, reasoningTokens: 3 },
  business: { feature: 'faq-bot', tenant: 'acme', cost_center: '' },
  environment: 'production',
  hasFailed: true,
  endUnixMillis: 1_789_000_000_000.25,
  durationSeconds: 0.5,
  cost: {
    priced: true,
    amount: 0.3,
    components: ['input', 'output'],
    parts: [0.1, 0.2],
    cacheSavings: -0.05,
  },
}
const bare: MeteredCall = {
  identity: [0, 0, 0, 0, 0, 0],
  role: 'wrapper',
  provider: undefined,
  model: undefined,
  workflow: undefined,
  usageMissing: undefined,
  attempts: undefined,
  usage: {},
  business: {},
  environment: undefined,
  hasFailed: false,
  endUnixMillis: 0,
  durationSeconds: 0,
  cost: undefined,
}

test('calls come out as they went in, with what is unknown left unknown', () => {
  const calls: MeteredCall[] = [
    priced,
    bare,
    { ...bare, role: 'own', cost: { priced: false, reason: 'unknown_model' } },
    { ...priced, cost: { priced: true, amount: 0, components: [], parts: [], cacheSavings: undefined } },
  ]
  const encoder = new CallEncoder()
  for (const call of calls) encoder.add(call)
  expect(decodeCalls(structuredClone(encoder.take()))).toEqual(calls)
})

test('what was taken is not given again', () => {
  const encoder = new CallEncoder()
  encoder.add(priced)
  encoder.take()
  encoder.add(bare)
  expect(decodeCalls(encoder.take())).toEqual([bare])
})

test('any number of calls of any number of keys have room', () => {
  const business = Object.fromEntries(Array.from({ length: 5000 }, (_, key) => [`key ${key}`, `${key}`]))
  const calls = Array.from({ length: 3000 }, (_, index) => (index === 7 ? { ...priced, business } : priced))
  const encoder = new CallEncoder()
  for (const call of calls) encoder.add(call)
  expect(decodeCalls(encoder.take())).toEqual(calls)
})
