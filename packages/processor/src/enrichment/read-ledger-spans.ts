import type { LedgerCost, LedgerSpan } from '@spanmeter/ledger'
import { asKeyValue } from '../attribution/business-keys.ts'
import { readConversationId, readGenAiSpan } from '../dialects/index.ts'
import { asNumber } from '../dialects/readers/values.ts'
import { asBuffer } from '../otlp/as-buffer.ts'
import { tracesCodec } from '../otlp/codec.ts'
import { InvalidTracesError } from '../otlp/errors.ts'
import { spanHash } from '../otlp/span-hash.ts'
import { SpanColumn } from '../otlp/span-table.ts'
import type { SpanView, TracesCodec } from '../otlp/types.ts'
import {
  ATTR_BUSINESS_PREFIX,
  ATTR_COST_AMOUNT,
  ATTR_COST_CACHE_SAVINGS,
  ATTR_COST_INCLUSIVE,
  ATTR_COST_LIST_AMOUNT,
  ATTR_COST_PREFIX,
  ATTR_COST_PRICE,
  ATTR_COST_ROLE,
  ATTR_COST_SOURCE,
  ATTR_COST_UNPRICED,
  ATTR_OUTCOME_NAME,
  ATTR_OUTCOME_VALUE,
  COST_COMPONENTS,
  EVENT_OUTCOME,
} from '../semconv.ts'
import type { OtlpEncoding } from '../types.ts'
import { addGenAiFacts, ledgerSpan } from './ledger-span.ts'
import { asksModel } from './model-requests.ts'

const codecs: Record<OtlpEncoding, TracesCodec> = {
  protobuf: tracesCodec('protobuf'),
  json: tracesCodec('json'),
}

/** Who a span was for: business keys without their prefix. */
export type BusinessOf = (span: SpanView) => Record<string, string>

/** What the ledger keeps of a batch: no spans without an id, as they could not be told apart. */
export function readLedgerSpans(
  bytes: Uint8Array,
  encoding: OtlpEncoding,
  businessOf?: BusinessOf,
): LedgerSpan[] {
  return readEnrichedSpans(bytes, encoding, businessOf).filter(
    (row) => row.traceId !== '' && row.spanId !== '',
  )
}

/**
 * Reads, from a batch that `processTraces` has enriched, the calls and the spans that are or may be above calls: roots,
 * agents, workflows, spans with an inclusive cost, spans with outcomes, children of calls, and HTTP requests to a model (a
 * gateway's spans of the same call stand beneath its request, and may arrive later).
 *
 * @param businessOf who spans with outcomes were for: on the way only calls have got their business keys
 * @throws InvalidTracesError on bytes that are not an ExportTraceServiceRequest
 */
export function readEnrichedSpans(
  bytes: Uint8Array,
  encoding: OtlpEncoding,
  businessOf: BusinessOf = readBusiness,
): LedgerSpan[] {
  const codec = codecs[encoding]
  codec.scan(asBuffer(bytes))
  const { spans, genAiSpans } = codec.table
  const genAi = new Map<number, LedgerSpan | undefined>()
  const calls = new Set<number>()
  for (const row of genAiSpans) {
    const read = unlessMalformed(() => readGenAi(codec.read(row)))
    genAi.set(row, read)
    if (read !== undefined && read.role !== 'ancestor') calls.add(hashOf(codec, row, OWN_ID))
  }
  const rows: LedgerSpan[] = []
  for (let row = 0; row < spans.count; row++) {
    const read = genAi.get(row) ?? unlessMalformed(() => readAncestor(codec, row, calls, businessOf))
    if (read !== undefined) rows.push(read)
  }
  return rows
}

/** Passes over a span that turns out to be malformed: the rest of the batch is still worth keeping. */
function unlessMalformed(read: () => LedgerSpan | undefined): LedgerSpan | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof InvalidTracesError) return undefined
    throw error
  }
}

const OWN_ID = [SpanColumn.spanIdHigh, SpanColumn.spanIdLow] as const
const PARENT_ID = [SpanColumn.parentIdHigh, SpanColumn.parentIdLow] as const

/** Identifies a span within its batch. If two spans share a hash, a span too many is kept, which does no harm. */
function hashOf(codec: TracesCodec, row: number, [high, low]: typeof OWN_ID | typeof PARENT_ID): number {
  const { spans } = codec.table
  return spanHash(spans.get(row, SpanColumn.traceIdWord), spans.get(row, high), spans.get(row, low))
}

function readAncestor(
  codec: TracesCodec,
  row: number,
  calls: ReadonlySet<number>,
  businessOf: BusinessOf,
): LedgerSpan | undefined {
  const span = codec.read(row)
  if (!isAncestor(codec, row, span) && !calls.has(hashOf(codec, row, PARENT_ID))) return undefined
  const business = span.hasEvent(EVENT_OUTCOME) ? businessOf(span) : readBusiness(span)
  return withOutcomes(span, ledgerSpan(span, 'ancestor', business))
}

function readGenAi(span: SpanView): LedgerSpan | undefined {
  const genAi = readGenAiSpan(span)
  if (genAi === undefined) return undefined
  const role = span.attribute(ATTR_COST_ROLE)
  const row = ledgerSpan(span, role === 'own' || role === 'wrapper' ? role : 'ancestor', readBusiness(span))
  addGenAiFacts(row, genAi)
  const conversationId = readConversationId(span, genAi)
  if (conversationId !== undefined) row.conversationId = conversationId
  const unpriced = span.attribute(ATTR_COST_UNPRICED)
  if (typeof unpriced === 'string') row.unpriced = unpriced
  const cost = readCost(span)
  if (cost !== undefined) row.cost = cost
  return withOutcomes(span, row)
}

function isAncestor(codec: TracesCodec, row: number, span: SpanView): boolean {
  const { spans } = codec.table
  const isRoot = spans.get(row, SpanColumn.parentIdHigh) === 0 && spans.get(row, SpanColumn.parentIdLow) === 0
  return (
    isRoot ||
    span.attribute(ATTR_COST_INCLUSIVE) !== undefined ||
    span.hasEvent(EVENT_OUTCOME) ||
    asksModel(span)
  )
}

function readCost(span: SpanView): LedgerCost | undefined {
  const amount = readMoney(span, ATTR_COST_AMOUNT)
  if (amount === undefined) return undefined
  const components: Record<string, string> = {}
  for (const component of COST_COMPONENTS) {
    const part = readMoney(span, ATTR_COST_PREFIX + component)
    if (part !== undefined) components[component] = part
  }
  const cost: LedgerCost = {
    amount,
    listAmount: readMoney(span, ATTR_COST_LIST_AMOUNT) ?? amount,
    components,
    source: span.attribute(ATTR_COST_SOURCE) as LedgerCost['source'],
    price: String(span.attribute(ATTR_COST_PRICE)),
  }
  const cacheSavings = readMoney(span, ATTR_COST_CACHE_SAVINGS)
  if (cacheSavings !== undefined) cost.cacheSavings = cacheSavings
  return cost
}

/** Up to 15 significant digits, the shortest decimal for a double is the exact amount that was written. */
function readMoney(span: SpanView, name: string): string | undefined {
  const value = span.attribute(name)
  return typeof value === 'number' && Number.isFinite(value) ? plainDecimal(value) : undefined
}

/** Without an exponent. */
function plainDecimal(value: number): string {
  const text = String(value)
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (match === null) return text
  const [, sign, first, fraction = '', exponent] = match
  const digits = `${first}${fraction}`
  const point = 1 + Number(exponent)
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return `${sign}${digits.padEnd(point, '0')}`
}

function readBusiness(span: SpanView): Record<string, string> {
  const business: Record<string, string> = {}
  for (const name of span.shape.names) {
    if (!name.startsWith(ATTR_BUSINESS_PREFIX)) continue
    const value = asKeyValue(span.attribute(name))
    if (value !== undefined) business[name.slice(ATTR_BUSINESS_PREFIX.length)] = value
  }
  return business
}

function withOutcomes(span: SpanView, row: LedgerSpan): LedgerSpan {
  if (!span.hasEvent(EVENT_OUTCOME)) return row
  const outcomes = new Map<string, number>()
  for (const { name, attributes } of span.events()) {
    const outcome = name === EVENT_OUTCOME ? attributes.get(ATTR_OUTCOME_NAME) : undefined
    if (typeof outcome !== 'string') continue
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + (asNumber(attributes.get(ATTR_OUTCOME_VALUE)) ?? 1))
  }
  row.outcomes = Object.fromEntries(outcomes)
  return row
}
