import { type CostNumbers, type PriceBook, priceNumbers } from '@spanmeter/pricing'
import type { Allocate, Allocation, Violation } from '../attribution/types.ts'
import type { GenAiSpan } from '../dialects/types.ts'
import { byShape } from '../otlp/span-shape.ts'
import type { AttributeWriter, SpanView } from '../otlp/types.ts'
import { writeCost, writeInclusiveCost, writeWrapper } from './cost-attributes.ts'
import { callFacts, type MeteredCall } from './metered-call.ts'
import { type StandardAttribute, standardAttributes } from './normalize.ts'
import { priceableCall } from './priceable-call.ts'
import { ATTR_BUSINESS_PREFIX, ATTR_CACHED_INPUT, ATTR_COST_PREFIX, ATTR_LEGACY_COST } from './semconv.ts'

export interface EnricherOptions {
  readonly priceBook: PriceBook
  readonly allocate: Allocate
  /** Writes the amount as `gen_ai.usage.cost` too, unless the span has one. */
  readonly legacyCostAttribute: boolean
  /** Writes the standard names beside those of other dialects. */
  readonly normalize: boolean
  readonly onViolations?: (violations: readonly Violation[]) => void
}

/** A GenAI span, priced and attributed; what it comes to is settled when all spans beneath it are known. */
export interface EnrichedSpan {
  /** `undefined` where nobody bills for the span itself. */
  readonly cost: CostNumbers | undefined
  /** Whether an attribute that the span has is written anew, and so is to be cut. */
  readonly replaces: ((name: string) => boolean) | undefined
  /** `inclusive`: cost of the priced calls beneath, in 10^-12 USD, if there are any. */
  write(writer: AttributeWriter, inclusive: number | undefined): void
  /** For who counts calls; `undefined` for steps that nobody bills for. */
  call(inclusive: number | undefined): MeteredCall | undefined
}

/** Reads, prices and attributes one span at a time. */
export function createEnricher(
  options: EnricherOptions,
): (span: SpanView, genAi: GenAiSpan, tenant?: string) => EnrichedSpan {
  const { priceBook, allocate } = options
  // Only the customer's own prices differ by tenant.
  const tenantPrices = priceBook.overrides !== undefined

  return (span, genAi, tenant) => {
    const allocation = allocate(span, genAi, tenant)
    const { business, violations } = allocation
    if (violations.length > 0 && genAi.role === 'call') options.onViolations?.(violations)
    const cost =
      genAi.role === 'call'
        ? priceNumbers(priceableCall(genAi, span, tenantPrices ? business.tenant : undefined), priceBook)
        : undefined
    const standard = options.normalize ? standardAttributes(span, genAi) : NONE
    const writeLegacyName = options.legacyCostAttribute && span.shape.indexOf(ATTR_LEGACY_COST) === -1
    const facts = genAi.role === 'step' ? undefined : callFacts(span)
    return {
      cost,
      replaces: replacedNames(span, allocation, standard),
      write(writer, inclusive) {
        for (const key of allocation.added) writer.string(ATTR_BUSINESS_PREFIX + key, business[key]!)
        for (const [name, value] of standard) {
          if (typeof value === 'number') writer.int(name, value)
          else writer.string(name, value)
        }
        if (genAi.cachedInput !== undefined) writer.string(ATTR_CACHED_INPUT, genAi.cachedInput)
        if (isWrapper(genAi, inclusive)) writeWrapper(writer)
        else if (cost !== undefined) writeCost(writer, cost, writeLegacyName)
        if (inclusive !== undefined) writeInclusiveCost(writer, inclusive)
      },
      call(inclusive) {
        if (facts === undefined) return undefined
        const role = isWrapper(genAi, inclusive) ? 'wrapper' : 'own'
        return { ...facts, role, genAi, business, cost }
      },
    }
  }
}

const NONE: readonly never[] = []

/** By its nature, or because the calls that it repeats stand beneath it. */
function isWrapper(genAi: GenAiSpan, inclusive: number | undefined): boolean {
  return genAi.role === 'wrapper' || (genAi.role === 'call' && inclusive !== undefined)
}

const hasOutputs = byShape(({ names }) => names.some(isOutput))

function isOutput(name: string): boolean {
  return name.startsWith(ATTR_COST_PREFIX) || name === ATTR_CACHED_INPUT
}

/** What the span has, from itself or an earlier processor, that is written anew. */
function replacedNames(
  span: SpanView,
  { added }: Allocation,
  standard: readonly StandardAttribute[],
): EnrichedSpan['replaces'] {
  if (added.length === 0 && standard.length === 0 && !hasOutputs(span.shape)) return undefined
  const written = new Set([
    ...added.map((key) => ATTR_BUSINESS_PREFIX + key),
    ...standard.map(([name]) => name),
  ])
  return (name) => isOutput(name) || written.has(name)
}
