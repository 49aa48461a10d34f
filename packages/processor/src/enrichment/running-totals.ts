import type { GenAiSpan } from '../dialects/types.ts'
import { SpanColumn } from '../otlp/span-table.ts'
import { textHash } from '../otlp/text-hash.ts'
import type { AttributeWriter, SpanView, TracesCodec } from '../otlp/types.ts'
import { ATTR_BILLED_INPUT, ATTR_BILLED_OUTPUT } from '../semconv.ts'
import { type BilledUsage, type Latest, LatestTotals, type StatedTotal } from './latest-totals.ts'

const SPRING = 'org.springframework.boot'

/**
 * Spring AI 1 asks the model again itself once a tool has run, and states on each further call the tokens of all before it,
 * too. Such calls stand one after the other beneath the same span; since version 2 each has an advisor's span above it, and
 * its own count. As the model is sent again what it was sent before, a call adds at least what the one before it did.
 * https://github.com/spring-projects/spring-ai/issues/6411
 */
export class RunningTotals {
  readonly #latest: LatestTotals

  /** `memory`: from `sharedTotalsMemory`, for threads that see parts of the same traces. */
  constructor(memory?: SharedArrayBuffer) {
    this.#latest = new LatestTotals(memory)
  }

  /** What is billed of a call that states a running total; `undefined` where its count is its own. Spans come in order of time. */
  billedOf(span: SpanView, genAi: GenAiSpan): BilledUsage | undefined {
    if (span.scopeName !== SPRING) return undefined
    this.#latest.lock.acquire()
    try {
      return this.#settle(span, genAi)
    } finally {
      this.#latest.lock.release()
    }
  }

  #settle(span: SpanView, genAi: GenAiSpan): BilledUsage | undefined {
    const parent = textHash(span.traceId + span.parentSpanId)
    const latest = this.#latest.get(parent)
    if (genAi.role !== 'call') {
      if (latest !== undefined && isToolRun(span, latest.stated)) {
        this.#latest.set(parent, { ...latest, asksForTool: true })
      }
      return undefined
    }
    const { inputTokens, outputTokens } = genAi.usage
    if (inputTokens === undefined || outputTokens === undefined || isSettled(span)) return undefined
    const total = { inputTokens, outputTokens }
    const id = textHash(span.traceId + span.spanId)
    const before = latest?.span === id ? latest.before : toolAskerOf(latest)
    const added = before === undefined ? undefined : addedTo(before, total, span.startUnixMillis)
    const isAsking = asksForTool(span)
    if (isAsking || givesNoReason.has(genAi.provider ?? '')) {
      const endUnixMillis = span.startUnixMillis + span.durationSeconds * 1000
      const stated = { endUnixMillis, total, added: added ?? total }
      this.#latest.set(parent, { span: id, stated, before, asksForTool: isAsking })
    } else this.#latest.delete(parent)
    return added
  }
}

/** Spring Boot's exporter shuffles the spans of a batch: where it sent any, the GenAI spans' rows by their start. */
export function inOrderOfTime(codec: TracesCodec): readonly number[] {
  const { spans, genAiSpans } = codec.table
  let scope = -1
  const isShuffled = genAiSpans.some((row) => {
    const before = scope
    scope = spans.get(row, SpanColumn.scope)
    return scope !== before && codec.scopeName(row) === SPRING
  })
  if (!isShuffled) return genAiSpans
  const starts = new Map(genAiSpans.map((row) => [row, codec.read(row).startUnixMillis]))
  return genAiSpans.toSorted((a, b) => starts.get(a)! - starts.get(b)!)
}

export function withBilled(genAi: GenAiSpan, billed: BilledUsage | undefined): GenAiSpan {
  return billed === undefined ? genAi : { ...genAi, usage: { ...genAi.usage, ...billed } }
}

/** As our instrumentation says it: whoever reads the span next knows. */
export function writeBilled(writer: AttributeWriter, billed: BilledUsage | undefined): void {
  if (billed === undefined) return
  writer.int(ATTR_BILLED_INPUT, billed.inputTokens)
  writer.int(ATTR_BILLED_OUTPUT, billed.outputTokens)
}

function isSettled(span: SpanView): boolean {
  return span.attribute(ATTR_BILLED_INPUT) !== undefined
}

/** Gemini and Ollama say no more than that they stopped: that a tool ran tells that they asked for it. */
const givesNoReason = new Set(['gcp.gemini', 'gcp.vertex_ai', 'ollama'])

function isToolRun(span: SpanView, { endUnixMillis }: StatedTotal): boolean {
  return span.attribute('spring.ai.kind') === 'tool_call' && span.startUnixMillis >= endUnixMillis
}

function toolAskerOf(latest: Latest | undefined): StatedTotal | undefined {
  return latest?.asksForTool ? latest.stated : undefined
}

function asksForTool(span: SpanView): boolean {
  const reasons = span.attribute('gen_ai.response.finish_reasons')
  return /tool/i.test(Array.isArray(reasons) ? String(reasons[0]) : String(reasons))
}

function addedTo(before: StatedTotal, total: BilledUsage, startUnixMillis: number): BilledUsage | undefined {
  const inputTokens = total.inputTokens - before.total.inputTokens
  const outputTokens = total.outputTokens - before.total.outputTokens
  const follows = startUnixMillis >= before.endUnixMillis
  return follows && inputTokens >= before.added.inputTokens && outputTokens >= 0
    ? { inputTokens, outputTokens }
    : undefined
}
