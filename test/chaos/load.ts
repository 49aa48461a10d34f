import { randomBytes } from 'node:crypto'
import {
  fixed64Field,
  messageField,
  stringField,
  varintField,
} from '../../packages/processor/src/protocol/protobuf-fields.ts'
import { newIds } from '../conformance/support/payloads.ts'

/** What one call of the load costs: 1,000 tokens in at $0.15 and 1,000 out at $0.60 per million. */
export const CALL_COST_USD = 0.00075

export interface Batch {
  /** Span ids, of the GenAI calls and of the others. */
  readonly calls: readonly string[]
  readonly others: readonly string[]
  readonly body: Buffer
}

/** An ExportTraceServiceRequest with GenAI calls among other spans: one trace, the last of the others its root. */
export function newBatch(callCount: number, otherCount: number): Batch {
  const calls = newIds(callCount)
  const others = newIds(otherCount)
  const root = others.at(-1)
  const traceId = randomBytes(16)
  const spans = [
    ...calls.map((id) => callSpan(traceId, id, root)),
    ...others.map((id) => span(traceId, id, id === root ? undefined : root, 'GET /', [])),
  ]
  return { calls, others, body: messageField(1, messageField(2, ...spans)) }
}

function callSpan(traceId: Buffer, id: string, parentId: string | undefined): Buffer {
  return span(traceId, id, parentId, 'chat gpt-4o-mini', [
    text('gen_ai.operation.name', 'chat'),
    text('gen_ai.provider.name', 'openai'),
    text('gen_ai.request.model', 'gpt-4o-mini'),
    text('gen_ai.response.model', 'gpt-4o-mini'),
    count('gen_ai.usage.input_tokens', 1_000),
    count('gen_ai.usage.output_tokens', 1_000),
    text('business.feature', 'chaos'),
  ])
}

function span(
  traceId: Buffer,
  id: string,
  parentId: string | undefined,
  name: string,
  attributes: readonly Buffer[],
): Buffer {
  const now = BigInt(Date.now()) * 1_000_000n
  return messageField(
    2,
    messageField(1, traceId),
    messageField(2, Buffer.from(id, 'hex')),
    ...(parentId === undefined ? [] : [messageField(4, Buffer.from(parentId, 'hex'))]),
    stringField(5, name),
    fixed64Field(7, now - 1_000_000n),
    fixed64Field(8, now),
    ...attributes,
  )
}

function text(key: string, value: string): Buffer {
  return messageField(9, stringField(1, key), messageField(2, stringField(1, value)))
}

function count(key: string, value: number): Buffer {
  return messageField(9, stringField(1, key), messageField(2, varintField(3, value)))
}
