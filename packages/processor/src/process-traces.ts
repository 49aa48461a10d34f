import type { LedgerSpan } from '@spanmeter/ledger'
import { type Cost, type PriceBook, priceUsage } from '@spanmeter/pricing'
import { createAllocate } from './attribution/allocate.ts'
import type { Allocate, Allocation, Violation } from './attribution/types.ts'
import { readGenAiSpan } from './dialects/index.ts'
import type { GenAiSpan } from './dialects/types.ts'
import { costUnits, writeCost, writeInclusiveCost, writeWrapper } from './enrichment/cost-attributes.ts'
import { addCost, addGenAiFacts, ledgerSpan } from './enrichment/ledger-span.ts'
import { type StandardAttribute, standardAttributes } from './enrichment/normalize.ts'
import { priceableCall } from './enrichment/priceable-call.ts'
import { RollUp, type SpanTotal } from './enrichment/roll-up.ts'
import {
  ATTR_BUSINESS_PREFIX,
  ATTR_CACHED_INPUT,
  ATTR_COST_INCLUSIVE,
  ATTR_COST_PREFIX,
  ATTR_LEGACY_COST,
} from './enrichment/semconv.ts'
import { BufferPool } from './otlp/buffer-pool.ts'
import { byNames } from './otlp/by-names.ts'
import { JsonTraces } from './otlp/json-traces.ts'
import { ProtobufTraces } from './otlp/protobuf-traces.ts'
import type { AttributeWriter, EditableSpan, TracesCodec } from './otlp/types.ts'
import type { OtlpEncoding, ProcessedTraces, ProcessTraces } from './types.ts'

/** What `processTraces` is made of. Everything but the prices has a sound default. */
export interface ProcessTracesParts {
  readonly priceBook: PriceBook
  readonly allocate?: Allocate
  readonly rollUp?: RollUp
  /** Writes the amount as `gen_ai.usage.cost` too, the name that existing dashboards read. Default true. */
  readonly legacyCostAttribute?: boolean
  /** Writes the standard names beside those of other dialects. Default false; reading other dialects is always on. */
  readonly normalize?: boolean
  readonly onViolations?: (violations: readonly Violation[]) => void
}

/** A GenAI span of the batch, read and priced; written once it is known what stands beneath it. */
interface PricedSpan {
  readonly row: number
  readonly genAi: GenAiSpan
  readonly allocation: Allocation
  readonly cost: Cost | undefined
  /** Byte ranges of what it has under the names that are written anew. */
  readonly cuts: readonly number[]
  readonly hasLegacyCost: boolean
  readonly standard: readonly StandardAttribute[]
  readonly ledgerRow: LedgerSpan
}

/** Prices and attributes traces: bytes in, bytes out. Not reentrant; each call takes one batch from start to end. */
export function createProcessTraces(parts: ProcessTracesParts): ProcessTraces {
  const {
    priceBook,
    allocate = createAllocate(),
    rollUp = new RollUp(),
    legacyCostAttribute = true,
    normalize = false,
  } = parts
  const codecs: Record<OtlpEncoding, TracesCodec> = {
    protobuf: new ProtobufTraces(),
    json: new JsonTraces(),
  }
  const pool = new BufferPool()
  // Only the customer's own prices differ by tenant.
  const tenantPrices = priceBook.overrides !== undefined

  return (body, encoding, context) => {
    const codec = codecs[encoding]
    codec.scan(asBuffer(body))
    const spans: PricedSpan[] = []
    for (const row of codec.table.genAiSpans) {
      const span = codec.read(row)
      const genAi = readGenAiSpan(span)
      if (genAi !== undefined) spans.push(priceSpan(row, span, genAi, context?.tenant))
    }
    const totals = rollUp.settle(codec.table, ownCosts(spans))
    return writeBatch(codec, encoding, body, spans, totals)
  }

  function priceSpan(
    row: number,
    span: EditableSpan,
    genAi: GenAiSpan,
    tenant: string | undefined,
  ): PricedSpan {
    const allocation = allocate(span, genAi, tenant)
    if (allocation.violations.length > 0 && genAi.role === 'call') parts.onViolations?.(allocation.violations)
    const ledgerRow = ledgerSpan(span, 'own', allocation.business)
    addGenAiFacts(ledgerRow, genAi)
    const cost =
      genAi.role === 'call'
        ? priceUsage(
            priceableCall(genAi, ledgerRow, tenantPrices ? allocation.business.tenant : undefined),
            priceBook,
          )
        : undefined
    const standard = normalize ? standardAttributes(span, genAi) : []
    const cuts = rangesToReplace(span, allocation, standard)
    const hasLegacyCost = span.attribute(ATTR_LEGACY_COST) !== undefined
    return { row, genAi, allocation, cost, cuts, hasLegacyCost, standard, ledgerRow }
  }

  function writeBatch(
    codec: TracesCodec,
    encoding: OtlpEncoding,
    body: Uint8Array,
    spans: readonly PricedSpan[],
    totals: ReadonlyMap<number, SpanTotal>,
  ): ProcessedTraces {
    const calls: LedgerSpan[] = []
    const rows = editedRows(spans, totals)
    let next = 0
    for (const row of rows) {
      const span = spans[next]?.row === row ? spans[next++] : undefined
      const total = totals.get(row)
      if (span !== undefined && span.genAi.role !== 'step') calls.push(finishCall(span, total))
      codec.edit(row, span?.cuts ?? inclusiveRanges(codec, row), (writer) => {
        if (span !== undefined) writeSpan(writer, span, total)
        if (total?.hasPricedBeneath === true) writeInclusiveCost(writer, total.inclusive)
      })
    }
    const { spanCount } = codec.table
    if (rows.length === 0) return { bytes: body, encoding, spanCount, calls, release: () => {} }
    const { buffer, length } = codec.finish(pool)
    return {
      bytes: buffer.subarray(0, length),
      encoding,
      spanCount,
      calls,
      release: () => pool.release(buffer),
    }
  }

  function writeSpan(writer: AttributeWriter, span: PricedSpan, total: SpanTotal | undefined): void {
    for (const key of span.allocation.added) {
      writer.string(ATTR_BUSINESS_PREFIX + key, span.allocation.business[key]!)
    }
    for (const [name, value] of span.standard) {
      if (typeof value === 'number') writer.int(name, value)
      else writer.string(name, value)
    }
    if (span.genAi.cachedInput !== undefined) writer.string(ATTR_CACHED_INPUT, span.genAi.cachedInput)
    if (isWrapper(span, total)) writeWrapper(writer)
    else if (span.cost !== undefined) writeCost(writer, span.cost, legacyCostAttribute && !span.hasLegacyCost)
  }
}

const hasOutputs = byNames((names) => names.some(isOutput))

function isOutput(name: string): boolean {
  return name.startsWith(ATTR_COST_PREFIX) || name === ATTR_CACHED_INPUT
}

/** Where the span has, from itself or an earlier processor, what is written anew. */
function rangesToReplace(
  span: EditableSpan,
  { added }: Allocation,
  standard: readonly StandardAttribute[],
): readonly number[] {
  if (added.length === 0 && standard.length === 0 && !hasOutputs(span.attributeNames())) return []
  const written = new Set([
    ...added.map((key) => ATTR_BUSINESS_PREFIX + key),
    ...standard.map(([name]) => name),
  ])
  return span.rangesOf((name) => isOutput(name) || written.has(name))
}

/** The calls' own costs by row, in 10^-12 USD. */
function ownCosts(spans: readonly PricedSpan[]): Map<number, number> {
  const costs = new Map<number, number>()
  for (const { row, cost } of spans) if (cost?.priced === true) costs.set(row, costUnits(cost.amount))
  return costs
}

function isWrapper(span: PricedSpan, total: SpanTotal | undefined): boolean {
  return span.genAi.role === 'wrapper' || (span.genAi.role === 'call' && total?.hasPricedBeneath === true)
}

function finishCall(span: PricedSpan, total: SpanTotal | undefined): LedgerSpan {
  if (isWrapper(span, total)) span.ledgerRow.role = 'wrapper'
  else if (span.cost !== undefined) addCost(span.ledgerRow, span.cost)
  return span.ledgerRow
}

/** Rows of the GenAI spans and of those above priced ones, ascending. */
function editedRows(spans: readonly PricedSpan[], totals: ReadonlyMap<number, SpanTotal>): number[] {
  const rows = spans.map(({ row }) => row)
  const genAi = new Set(rows)
  for (const row of totals.keys()) if (!genAi.has(row)) rows.push(row)
  return rows.length === spans.length ? rows : rows.sort((a, b) => a - b)
}

/** What a span above has from a processor before this one. */
function inclusiveRanges(codec: TracesCodec, row: number): number[] {
  return codec.read(row).rangesOf((name) => name === ATTR_COST_INCLUSIVE)
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
