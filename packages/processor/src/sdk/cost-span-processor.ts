import { diag } from '@opentelemetry/api'
import { loadPriceBook, type OverridesInput } from '@spanmeter/pricing'
import { createAllocate } from '../attribution/allocate.ts'
import type { AttributionOptions } from '../attribution/types.ts'
import { readGenAiSpan } from '../dialects/index.ts'
import { isRun } from '../dialects/readers/operations.ts'
import { BatchCosts } from '../enrichment/batch-costs.ts'
import { writeInclusiveCost } from '../enrichment/cost-attributes.ts'
import { RepeatedCalls } from '../enrichment/repeated-calls.ts'
import { RollUp } from '../enrichment/roll-up.ts'
import { createEnricher, writeEnrichedSpan } from '../enrichment/span-enricher.ts'
import { eachAttribute } from '../otlp/attribute-block.ts'
import { hasGenAiKey } from '../otlp/gen-ai-keys.ts'
import { SpanTable } from '../otlp/span-table.ts'
import type { AttributeWriter } from '../otlp/types.ts'
import { viewSdkSpan } from './sdk-span-view.ts'
import type { SdkSpan } from './types.ts'

export interface CostSpanProcessorOptions {
  /** Aliases, contract prices, discounts: as the processor's `pricing.overrides`. */
  readonly overrides?: OverridesInput
  readonly attribution?: AttributionOptions
  /** Default true. */
  readonly legacyCostAttribute?: boolean
  /** Default false. */
  readonly normalize?: boolean
}

/**
 * Prices and attributes GenAI spans inside a Node app's own SDK, as the service does on their way to a backend. Spans get their
 * cost before any exporter sees them, whatever the order of the span processors.
 *
 * @example
 * new NodeSDK({ spanProcessors: [new CostSpanProcessor(), new BatchSpanProcessor(exporter)] })
 */
export class CostSpanProcessor {
  readonly #enrich: ReturnType<typeof createEnricher>
  readonly #rollUp = new RollUp()
  readonly #table = new SpanTable()
  readonly #costs = new BatchCosts()
  readonly #repeatedCalls = new RepeatedCalls()
  /** SDKs call `onEnding` from 2.1 on. With older ones `onEnd` has to do, and this processor has to be the first. */
  #hasOnEnding = false

  /** @throws OverridesError if the overrides are wrong. */
  constructor({
    overrides,
    attribution,
    legacyCostAttribute = true,
    normalize = false,
  }: CostSpanProcessorOptions = {}) {
    this.#enrich = createEnricher({
      priceBook: loadPriceBook(overrides === undefined ? {} : { overrides }),
      allocate: createAllocate(attribution),
      legacyCostAttribute,
      normalize,
    })
  }

  onStart(): void {}

  onEnding(span: SdkSpan): void {
    this.#hasOnEnding = true
    this.#process(span)
  }

  onEnd(span: SdkSpan): void {
    if (!this.#hasOnEnding) this.#process(span)
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}

  #process(span: SdkSpan): void {
    try {
      this.#price(span)
    } catch (error) {
      diag.error('spanmeter: a span could not be priced', error)
    }
  }

  #price(span: SdkSpan): void {
    const view = viewSdkSpan(span)
    const genAi = hasGenAiKey(view.shape) ? readGenAiSpan(view) : undefined
    const enriched = genAi === undefined ? undefined : this.#enrich(view, genAi)
    this.#table.clear()
    this.#table.addSpan(view.traceId, view.spanId, view.parentSpanId)
    this.#costs.begin(1)
    this.#repeatedCalls.begin()
    if (enriched?.cost !== undefined) this.#costs.add(0, enriched.genAi, enriched.cost, view)
    if (genAi !== undefined && isRun(genAi)) this.#costs.addRun(0)
    if (genAi?.role === 'call') this.#repeatedCalls.add(0, view, genAi, enriched?.cost)
    this.#repeatedCalls.settle(this.#costs)
    this.#rollUp.settle(this.#table, this.#costs)
    const inclusive = this.#costs.inclusive(0)
    // The SDK has no method to change a span that is ending, but hands this same object to every exporter.
    const attributes = span.attributes as Record<string, unknown>
    for (const name of Object.keys(attributes))
      if (enriched?.replaces?.(name) === true) delete attributes[name]
    const writer = attributesWriter(attributes)
    if (enriched !== undefined) writeEnrichedSpan(enriched, writer, inclusive, this.#costs.repeats(0))
    else if (inclusive !== undefined) writeInclusiveCost(writer, inclusive)
  }
}

function attributesWriter(attributes: Record<string, unknown>): AttributeWriter {
  const set = (name: string, value: unknown): void => {
    attributes[name] = value
  }
  return { string: set, double: set, int: set, block: (block, doubles) => eachAttribute(block, doubles, set) }
}
