import type { TraceSpan } from '../api/types.ts'

/**
 * For a trace that is too long to read: its most expensive calls and the spans above them, at most `limit`, in the
 * order of the trace.
 */
export function dearestSpans(spans: readonly TraceSpan[], limit: number): readonly TraceSpan[] {
  if (spans.length <= limit) return spans
  const byId = new Map(spans.map((span) => [span.span_id, span]))
  const shown = new Set<TraceSpan>()
  for (const span of spans.toSorted((one, other) => rankOf(other) - rankOf(one))) {
    const added: TraceSpan[] = []
    let next: TraceSpan | undefined = span
    // Limited, as the spans of a broken sender may be each other's parents.
    while (next && !shown.has(next) && added.length <= limit) {
      added.push(next)
      next = byId.get(next.parent_span_id ?? '')
    }
    if (shown.size + added.length <= limit) for (const one of added) shown.add(one)
  }
  return spans.filter((span) => shown.has(span))
}

/** Calls of unknown cost come after all other calls, and then spans that aren't calls. */
function rankOf({ role, cost }: TraceSpan): number {
  return cost === null ? (role === 'own' ? -1 : -2) : Number(cost)
}
