import type { TraceSpan } from '../api/types.ts'

/**
 * Of a trace that is too long to read the dearest calls, and what stands above them: at most `limit` spans, in the order of
 * the trace.
 */
export function dearestSpans(spans: readonly TraceSpan[], limit: number): readonly TraceSpan[] {
  if (spans.length <= limit) return spans
  const byId = new Map(spans.map((span) => [span.span_id, span]))
  const shown = new Set<TraceSpan>()
  for (const span of spans.toSorted((one, other) => rankOf(other) - rankOf(one))) {
    const added: TraceSpan[] = []
    let next: TraceSpan | undefined = span
    // No further than there is room for: a broken sender's spans may stand above each other.
    while (next && !shown.has(next) && added.length <= limit) {
      added.push(next)
      next = byId.get(next.parent_span_id ?? '')
    }
    if (shown.size + added.length <= limit) for (const one of added) shown.add(one)
  }
  return spans.filter((span) => shown.has(span))
}

/** Calls of an unknown cost come after all others, and then what is no call. */
function rankOf({ role, cost }: TraceSpan): number {
  return cost === null ? (role === 'own' ? -1 : -2) : Number(cost)
}
