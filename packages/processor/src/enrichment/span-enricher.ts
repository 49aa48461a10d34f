import { type CostNumbers, type PriceBook, priceNumbers } from '@spanmeter/pricing'
import type { Allocate, Violation } from '../attribution/types.ts'
import type { GenAiSpan } from '../dialects/types.ts'
import { byShape, hasName } from '../otlp/span-shape.ts'
import type { AttributeWriter, SpanView } from '../otlp/types.ts'
import { ATTR_BUSINESS_PREFIX, ATTR_CACHED_INPUT, ATTR_LEGACY_COST, isOutput } from '../semconv.ts'
import { writeCost, writeInclusiveCost, writeWrapper } from './cost-attributes.ts'
import { type StandardAttribute, standardAttributes } from './normalize.ts'
import { priceableCall } from './priceable-call.ts'

export interface EnricherOptions {
  readonly priceBook: PriceBook
  readonly allocate: Allocate
  /** Also writes the amount as `gen_ai.usage.cost`, unless the span has that. */
  readonly legacyCostAttribute: boolean
  /** Writes the standard names beside those of other dialects. */
  readonly normalize: boolean
}

/** A GenAI span, priced and attributed by itself. Its role and inclusive cost depend on the spans beneath it. */
export interface EnrichedSpan {
  readonly genAi: GenAiSpan
  readonly business: Readonly<Record<string, string>>
  /** Business keys to write. */
  readonly added: readonly string[]
  /** Standard attributes to write. */
  readonly standard: readonly StandardAttribute[]
  /** `undefined` where nobody bills for the span itself. */
  readonly cost: CostNumbers | undefined
  readonly writesLegacyName: boolean
  /** Whether an attribute of the span is written anew, so that the old one has to be cut. */
  readonly replaces: ((name: string) => boolean) | undefined
  /** In which ways a call breaks the tag contract. */
  readonly violations: readonly Violation[]
}

/** Prices and attributes one span at a time. */
export function createEnricher(
  options: EnricherOptions,
): (span: SpanView, genAi: GenAiSpan, tenant?: string) => EnrichedSpan {
  const { priceBook, allocate } = options
  // Only the customer's own prices differ by tenant.
  const tenantPrices = priceBook.overrides !== undefined

  return (span, genAi, tenant) => {
    const { business, added, violations } = allocate(span, genAi, tenant)
    const cost =
      genAi.role === 'call'
        ? priceNumbers(priceableCall(genAi, span, tenantPrices ? business.tenant : undefined), priceBook)
        : undefined
    const standard = options.normalize ? standardAttributes(span, genAi) : NONE
    return {
      genAi,
      business,
      added,
      standard,
      cost,
      writesLegacyName: options.legacyCostAttribute && !hasLegacyCost(span.shape),
      replaces: replacedNames(span, added, standard),
      violations: genAi.role === 'call' ? violations : NONE,
    }
  }
}

/**
 * @param inclusive cost of the span and the priced calls beneath it, in 10^-12 USD, if there are any.
 * @param repeats whether the span reports a call that other spans report, too, and that is counted there.
 */
export function writeEnrichedSpan(
  { genAi, business, added, standard, cost, writesLegacyName }: EnrichedSpan,
  writer: AttributeWriter,
  inclusive: number | undefined,
  repeats: boolean,
): void {
  for (const key of added) writer.string(ATTR_BUSINESS_PREFIX + key, business[key]!)
  for (const [name, value] of standard) {
    if (typeof value === 'number') writer.int(name, value)
    else writer.string(name, value)
  }
  if (genAi.cachedInput !== undefined) writer.string(ATTR_CACHED_INPUT, genAi.cachedInput)
  if (isWrapper(genAi, repeats)) writeWrapper(writer)
  else if (cost !== undefined) writeCost(writer, cost, writesLegacyName)
  if (inclusive !== undefined) writeInclusiveCost(writer, inclusive)
}

const NONE: readonly never[] = []

/** A span that is a wrapper by its nature, or a call that other spans report. */
function isWrapper(genAi: GenAiSpan, repeats: boolean): boolean {
  return genAi.role === 'wrapper' || (genAi.role === 'call' && repeats)
}

const hasLegacyCost = hasName(ATTR_LEGACY_COST)
const hasOutputs = byShape(({ names }) => names.some(isOutput))

/** Names of the span's attributes, its own or from an earlier processor, that are written anew. */
function replacedNames(
  span: SpanView,
  added: readonly string[],
  standard: readonly StandardAttribute[],
): EnrichedSpan['replaces'] {
  if (added.length === 0 && standard.length === 0 && !hasOutputs(span.shape)) return undefined
  const written = new Set([
    ...added.map((key) => ATTR_BUSINESS_PREFIX + key),
    ...standard.map(([name]) => name),
  ])
  return (name) => isOutput(name) || written.has(name)
}
