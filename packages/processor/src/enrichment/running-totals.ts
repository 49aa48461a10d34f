import type { GenAiSpan } from '../dialects/types.ts'
import { SpanColumn } from '../otlp/span-table.ts'
import { textHash } from '../otlp/text-hash.ts'
import type { AttributeWriter, SpanView, TracesCodec } from '../otlp/types.ts'
import { ATTR_BILLED_INPUT, ATTR_BILLED_OUTPUT } from '../semconv.ts'
import { type BilledUsage, type Latest, LatestTotals, type StatedTotal } from './latest-totals.ts'

const SPRING = 'org.springframework.boot'

/**
 * Works out what is billed of running totals. After a tool has run, Spring AI 1 calls the model again itself, and each
 * further call states the tokens of all calls before it as well. Such calls follow each other beneath the same span; since
 * version 2, each has a span of an advisor above it and counts only itself. A further call sends again all that the one
 * before sent, so it adds at least as many input tokens as that one did.
 * https://github.com/spring-projects/spring-ai/issues/6411
 */
export class RunningTotals {
  readonly #latest: LatestTotals

  /** @param memory from `sharedTotalsMemory`, for threads that see parts of the same traces. */
  constructor(memory?: SharedArrayBuffer) {
    this.#latest = new LatestTotals(memory)
  }

  /** What is billed of a call that states a running total; `undefined` if it states only its own usage. Spans have to come in order of time. */
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

/** The rows of the GenAI spans, by their start if any of them came from Spring Boot, whose exporter shuffles a batch. */
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

/** Under the names that our instrumentation uses, so that a further processor knows as well. */
export function writeBilled(writer: AttributeWriter, billed: BilledUsage | undefined): void {
  if (billed === undefined) return
  writer.int(ATTR_BILLED_INPUT, billed.inputTokens)
  writer.int(ATTR_BILLED_OUTPUT, billed.outputTokens)
}

function isSettled(span: SpanView): boolean {
  return span.attribute(ATTR_BILLED_INPUT) !== undefined
}

/** Gemini's and Ollama's finish reasons don't mention tools: only a tool's run shows that they asked for one. */
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
