import type { Usage } from '@spanmeter/pricing'
import type { GenAiSpan } from '../dialects/types.ts'
import type { AttributeWriter, SpanView } from '../otlp/types.ts'
import { ATTR_BILLED_INPUT, ATTR_BILLED_OUTPUT } from '../semconv.ts'

const SPRING = 'org.springframework.boot'

/** Parents that are remembered. The model is asked again as soon as its tool has run. */
const MOST_PARENTS = 1024

/** What a call added to the total that its span states. */
export type BilledUsage = Required<Pick<Usage, 'inputTokens' | 'outputTokens'>>

interface StatedTotal {
  readonly spanId: string
  readonly endUnixMillis: number
  readonly total: BilledUsage
  readonly added: BilledUsage
}

/**
 * Spring AI 1 asks the model again itself once a tool has run, and states on each further call the tokens of all before it,
 * too. Such calls stand one after the other beneath the same span; since version 2 each has an advisor's span above it, and
 * its own count. As the model is sent again what it was sent before, a call adds at least what the one before it did.
 * https://github.com/spring-projects/spring-ai/issues/6411
 */
export class RunningTotals {
  /** Of each parent the latest total, and the one that it continues: a span that is sent twice continues the same one. */
  readonly #latest = new Map<string, { stated: StatedTotal; before: StatedTotal | undefined }>()

  /** What is billed of a call that states a running total; `undefined` where its count is its own. */
  billedOf(span: SpanView, { role, usage }: GenAiSpan): BilledUsage | undefined {
    if (span.scopeName !== SPRING || role !== 'call') return undefined
    const { inputTokens, outputTokens } = usage
    if (inputTokens === undefined || outputTokens === undefined || isSettled(span)) return undefined
    const total = { inputTokens, outputTokens }
    const parent = span.traceId + span.parentSpanId
    const latest = this.#latest.get(parent)
    const before = latest?.stated.spanId === span.spanId ? latest.before : latest?.stated
    const added = before === undefined ? undefined : addedTo(before, total, span.startUnixMillis)
    this.#latest.delete(parent)
    if (asksForTool(span)) {
      if (this.#latest.size >= MOST_PARENTS) this.#latest.delete(this.#latest.keys().next().value!)
      const endUnixMillis = span.startUnixMillis + span.durationSeconds * 1000
      const stated = { spanId: span.spanId, endUnixMillis, total, added: added ?? total }
      this.#latest.set(parent, { stated, before })
    }
    return added
  }
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
