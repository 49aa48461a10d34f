import { expect, test } from 'vitest'
import { resolveConfiguration } from '../configuration.ts'
import type { Metering } from '../metering.ts'
import { requestHeadFromUrl } from '../request-head.ts'
import { isWithheld } from './provider-headers.ts'

const NAMES = [
  'Baggage',
  'traceparent',
  'TraceState',
  'user-agent',
  'connection',
  'x-team-name',
  undefined,
  7,
]

function withheldFrom(host: string, propagateToProviders: boolean): unknown[] {
  const configuration = resolveConfiguration({ propagateToProviders }, {})
  const head = requestHeadFromUrl('POST', `https://${host}/v1/chat/completions`)!
  return NAMES.filter(isWithheld({ configuration } as Metering, head))
}

test.each([
  'api.openai.com',
  'api.corp.example',
  '10.example.com',
  '127.example.com',
  '11.0.0.1',
  '172.15.0.1',
  '172.32.0.1',
  '192.169.0.1',
  '[2001:db8::1]',
])('%s is told neither baggage nor, unless that is wanted, of traces; all else goes out', (host) => {
  expect(withheldFrom(host, false)).toEqual(['Baggage', 'traceparent', 'TraceState'])
  expect(withheldFrom(host, true)).toEqual(['Baggage'])
})

test.each([
  'localhost',
  '127.0.0.1',
  '[::1]',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.254',
  '192.168.1.1',
  '169.254.1.1',
  '[fd00::1]',
  '[fe80::1]',
  'vllm',
  'llm.corp',
  'gateway.models.svc',
  'llm.prod.internal',
])('%s, a gateway of one’s own, is told of traces, not of baggage', (host) => {
  expect(withheldFrom(host, false)).toEqual(['Baggage'])
})
