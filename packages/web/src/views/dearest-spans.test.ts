import { expect, test } from 'vitest'
import type { TraceSpan } from '../api/types.ts'
import { dearestSpans } from './dearest-spans.ts'

function span(span_id: string, parent_span_id: string | null, cost: string | null | undefined): TraceSpan {
  return {
    span_id,
    parent_span_id,
    depth: 0,
    name: span_id,
    role: cost === undefined ? 'ancestor' : 'own',
    started: '2026-10-01T12:00:00Z',
    duration_ms: 1,
    cost: cost ?? null,
    inclusive_cost: null,
  }
}

const TRACE = [
  span('root', null, undefined),
  span('agent-1', 'root', undefined),
  span('cheap', 'agent-1', '0.9'),
  span('unpriced', 'agent-1', null),
  span('agent-2', 'root', undefined),
  span('dear', 'agent-2', '10'),
  span('free', 'agent-2', '0'),
]

const shown = (limit: number): string[] => dearestSpans(TRACE, limit).map(({ name }) => name)

test('a trace that fits is shown whole', () => {
  expect(dearestSpans(TRACE, TRACE.length)).toBe(TRACE)
})

test('of a longer one the dearest calls stand there with all that is above them, in the order of the trace', () => {
  expect(shown(3)).toEqual(['root', 'agent-2', 'dear'])
  expect(shown(5)).toEqual(['root', 'agent-1', 'cheap', 'agent-2', 'dear'])
})

test('a call without a price comes after one that was free, and before what is no call', () => {
  expect(shown(6)).toEqual(['root', 'agent-1', 'cheap', 'agent-2', 'dear', 'free'])
  expect(dearestSpans([...TRACE, span('alone', null, undefined)], 7).map(({ name }) => name)).toEqual(
    TRACE.map(({ name }) => name),
  )
})

test('a call whose path is too long for what is left makes room for one whose path is not', () => {
  expect(shown(4)).toEqual(['root', 'agent-2', 'dear', 'free'])
})

test('spans that stand above each other are left out', () => {
  const circle = [span('one', 'other', '20'), span('other', 'one', undefined)]
  expect(dearestSpans([...TRACE, ...circle], 3).map(({ name }) => name)).toEqual(['root', 'agent-2', 'dear'])
})
