import type { PriceBook } from '@spanmeter/pricing'
import { createAllocate } from './attribution/allocate.ts'
import type { Allocate, Violation } from './attribution/types.ts'
import { createContentFilter } from './content/apply-content-policy.ts'
import type { ContentPolicy } from './content/types.ts'
import { readGenAiSpan } from './dialects/index.ts'
import { isRun } from './dialects/readers/operations.ts'
import { BatchCosts } from './enrichment/batch-costs.ts'
import { type BatchMemory, openBatchMemory } from './enrichment/batch-memory.ts'
import { writeInclusiveCost } from './enrichment/cost-attributes.ts'
import type { BilledUsage } from './enrichment/latest-totals.ts'
import { type MeteredCall, meteredCall } from './enrichment/metered-call.ts'
import { inOrderOfTime, withBilled, writeBilled } from './enrichment/running-totals.ts'
import { createEnricher, type EnrichedSpan, writeEnrichedSpan } from './enrichment/span-enricher.ts'
import { asBuffer } from './otlp/as-buffer.ts'
import { BufferPool } from './otlp/buffer-pool.ts'
import { tracesCodec } from './otlp/codec.ts'
import type { TracesCodec } from './otlp/types.ts'
import { ATTR_COST_INCLUSIVE, ATTR_TENANT } from './semconv.ts'
import type { OtlpEncoding, ProcessTraces } from './types.ts'

/** What `processTraces` is made of. Everything but the prices has a default. */
export interface ProcessTracesParts {
  readonly priceBook: PriceBook
  readonly allocate?: Allocate
  readonly batchMemory?: BatchMemory
  /** What to drop, mask or hash before anything else sees a span. */
  readonly content?: ContentPolicy
  /** Also writes the amount as `gen_ai.usage.cost`, the name that existing dashboards read. Default true. */
  readonly legacyCostAttribute?: boolean
  /** Writes the standard names beside those of other dialects. Default false; reading other dialects is always on. */
  readonly normalize?: boolean
  /** Buffers for edited batches; may be shared with others who need buffers of that size. */
  readonly pool?: BufferPool
  /** Gets the ways in which a call breaks the tag contract. */
  readonly onViolations?: (violations: readonly Violation[]) => void
}

/**
 * A GenAI span of the batch whose new attributes have been written. What was read of it is not kept: the garbage collector
 * would have to copy the objects of thousands of spans.
 */
interface WrittenSpan {
  readonly row: number
  /** Byte ranges of attributes that are replaced. */
  readonly cuts: readonly number[]
  /** Where the codec has written the new attributes. */
  start: number
  end: number
  /** `undefined` for steps, which nobody bills for. */
  call: MeteredCall | undefined
  /** The billed part of the usage, where the span states a running total. */
  readonly billed: BilledUsage | undefined
}

/**
 * Prices and attributes traces: bytes in, bytes out, one batch at a time.
 *
 * First each GenAI span is read, priced and written by itself. Then, with all calls of the batch known, it is decided which
 * of them report the same call, and what spans cost inclusive of those beneath them. A span that this changes is read
 * and written again; only then the batch is edited.
 */
export function createProcessTraces(parts: ProcessTracesParts): ProcessTraces {
  const {
    allocate = createAllocate(),
    batchMemory = openBatchMemory(),
    legacyCostAttribute = true,
    normalize = false,
    pool = new BufferPool(),
  } = parts
  const filterContent = createContentFilter(parts.content ?? {}, pool)
  const codecs: Record<OtlpEncoding, TracesCodec> = {
    protobuf: tracesCodec('protobuf'),
    json: tracesCodec('json'),
  }
  const enrich = createEnricher({ ...parts, allocate, legacyCostAttribute, normalize })
  const costs = new BatchCosts()
  const { rollUp, repeatedCalls, runningTotals } = batchMemory

  return (body, encoding, context, memory) => {
    const tenant = context?.tenant
    const codec = codecs[encoding]
    const input = asBuffer(body)
    const filtered = filterContent?.(input, encoding)
    codec.scan(filtered?.bytes ?? input)

    costs.begin(codec.table.spans.count)
    repeatedCalls.begin()
    const written = writeGenAiSpans(codec, tenant)
    repeatedCalls.settle(costs)
    rollUp.settle(codec.table, costs)

    const isEdited = edit(codec, written, tenant)
    const calls = written.map(({ call }) => call).filter((call) => call !== undefined)
    const result = { encoding, spanCount: codec.table.spanCount, calls }
    if (!isEdited) return { ...result, bytes: filtered?.bytes ?? body, release: filtered?.release ?? nothing }
    const { buffer, length } = codec.finish(pool, filtered === undefined ? memory : undefined)
    filtered?.release()
    const release = buffer === memory ? nothing : () => pool.release(buffer)
    return { ...result, bytes: buffer.subarray(0, length), release }
  }

  /** Ascending by row. */
  function writeGenAiSpans(codec: TracesCodec, tenant: string | undefined): WrittenSpan[] {
    const written: WrittenSpan[] = []
    const rows = inOrderOfTime(codec)
    for (const row of rows) {
      const span = codec.read(row)
      const stated = readGenAiSpan(span)
      if (stated === undefined) continue // a GenAI key that no dialect knows: the bytes stay untouched
      const billed = runningTotals.billedOf(span, stated)
      const genAi = withBilled(stated, billed)
      const enriched = enrich(span, genAi, tenant)
      const { cost, business, violations, replaces } = enriched
      if (cost !== undefined) costs.add(row, genAi, cost, span)
      if (isRun(genAi)) costs.addRun(row)
      if (genAi.role === 'call') repeatedCalls.add(row, span, genAi, cost)
      if (violations.length > 0) parts.onViolations?.(violations)
      const start = codec.written
      write(codec, enriched, billed)
      written.push({
        row,
        cuts: replaces === undefined ? NO_CUTS : span.rangesOf(replaces),
        start,
        end: codec.written,
        call: genAi.role === 'step' ? undefined : meteredCall(span, genAi, business, cost),
        billed,
      })
    }
    if (rows !== codec.table.genAiSpans) written.sort((a, b) => a.row - b.row)
    return written
  }

  /** Edits the spans that get or lose attributes; false if there are none. */
  function edit(codec: TracesCodec, written: readonly WrittenSpan[], tenant: string | undefined): boolean {
    const rows = tenant === undefined ? editedRows(written, costs.rowsAbove) : allRows(codec)
    let next = 0
    for (const row of rows) {
      const inclusive = costs.inclusive(row)
      const genAiSpan = written[next]
      if (genAiSpan?.row !== row) {
        editOther(codec, row, inclusive, tenant)
        continue
      }
      next++
      const repeats = costs.repeats(row)
      if (inclusive !== undefined || repeats) writeAgain(codec, genAiSpan, tenant, inclusive, repeats)
      codec.edit(row, genAiSpan.cuts, genAiSpan.start, genAiSpan.end)
    }
    return rows.length > 0
  }

  /** For a span that others have made a wrapper, or given an inclusive cost. */
  function writeAgain(
    codec: TracesCodec,
    genAiSpan: WrittenSpan,
    tenant: string | undefined,
    inclusive: number | undefined,
    repeats: boolean,
  ): void {
    const span = codec.read(genAiSpan.row)
    const { billed } = genAiSpan
    const enriched = enrich(span, withBilled(readGenAiSpan(span)!, billed), tenant)
    genAiSpan.start = codec.written
    write(codec, enriched, billed, inclusive, repeats)
    genAiSpan.end = codec.written
    if (repeats) genAiSpan.call &&= { ...genAiSpan.call, role: 'wrapper' }
  }
}

function write(
  codec: TracesCodec,
  enriched: EnrichedSpan,
  billed: BilledUsage | undefined,
  inclusive?: number,
  repeats = false,
): void {
  codec.write((writer) => {
    writeBilled(writer, billed)
    writeEnrichedSpan(enriched, writer, inclusive, repeats)
  })
}

/** Adds to a span that is no GenAI span: the cost of calls beneath it, and the tenant that the sender's token forces. */
function editOther(
  codec: TracesCodec,
  row: number,
  inclusive: number | undefined,
  tenant: string | undefined,
): void {
  const cuts = codec
    .read(row)
    .rangesOf((name) => name === ATTR_COST_INCLUSIVE || (name === ATTR_TENANT && tenant !== undefined))
  const start = codec.written
  codec.write((writer) => {
    if (tenant !== undefined) writer.string(ATTR_TENANT, tenant)
    if (inclusive !== undefined) writeInclusiveCost(writer, inclusive)
  })
  codec.edit(row, cuts, start, codec.written)
}

const NO_CUTS: readonly number[] = []

/** Rows of the GenAI spans and of the spans above priced ones, ascending. */
function editedRows(written: readonly WrittenSpan[], rowsAbove: readonly number[]): readonly number[] {
  const rows = written.map(({ row }) => row)
  if (rowsAbove.length === 0) return rows
  return [...new Set([...rows, ...rowsAbove])].sort((a, b) => a - b)
}

function allRows(codec: TracesCodec): readonly number[] {
  return Array.from({ length: codec.table.spans.count }, (_, row) => row)
}

function nothing(): void {}
