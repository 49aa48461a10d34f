import { LedgerError } from './errors.ts'
import type { LedgerSpan } from './types.ts'

const TRACE_ID = /^(?!0+$)[0-9a-f]{32}$/
const SPAN_ID = /^(?!0+$)[0-9a-f]{16}$/

/**
 * Each (trace id, span id) once, the first seen; a later copy in the same batch fills in what the first did not know.
 *
 * @throws LedgerError `ledger_invalid_span`
 */
export function distinctSpans(spans: readonly LedgerSpan[]): LedgerSpan[] {
  const distinct = new Map<string, LedgerSpan>()
  for (const span of spans) {
    assertIds(span)
    const id = span.traceId + span.spanId
    const first = distinct.get(id)
    distinct.set(id, first === undefined ? span : mergeSpans(first, span))
  }
  return [...distinct.values()]
}

function assertIds({ traceId, spanId, parentSpanId }: LedgerSpan): void {
  if (!TRACE_ID.test(traceId) || !SPAN_ID.test(spanId)) {
    throw new LedgerError(
      'ledger_invalid_span',
      `span ids must be 32 and 16 hex digits, not '${traceId}' and '${spanId}'`,
    )
  }
  if (parentSpanId !== undefined && !SPAN_ID.test(parentSpanId)) {
    throw new LedgerError(
      'ledger_invalid_span',
      `the id of a parent must be 16 hex digits, not '${parentSpanId}'`,
    )
  }
}

function mergeSpans(first: LedgerSpan, second: LedgerSpan): LedgerSpan {
  const roles = [first.role, second.role]
  return {
    ...second,
    ...first,
    role: roles.includes('wrapper') ? 'wrapper' : roles.includes('own') ? 'own' : 'ancestor',
    usage: { ...second.usage, ...first.usage },
    business: { ...second.business, ...first.business },
  }
}
