import { readGenAiSpan } from '../dialects/index.ts'
import { asBuffer } from '../otlp/as-buffer.ts'
import { tracesCodec } from '../otlp/codec.ts'
import type { OtlpEncoding } from '../types.ts'
import { createAllocate } from './allocate.ts'
import type { AttributionOptions, Violation } from './types.ts'

/** A call that breaks the tag contract. */
export interface SpanProblem {
  readonly traceId: string
  readonly spanId: string
  readonly spanName: string
  readonly serviceName: string | undefined
  readonly violations: readonly Violation[]
}

/**
 * Finds the calls of a batch that break the tag contract.
 *
 * @throws InvalidTracesError on bytes that are not an ExportTraceServiceRequest.
 */
export function checkSpans(
  bytes: Uint8Array,
  encoding: OtlpEncoding,
  options: AttributionOptions,
): SpanProblem[] {
  const codec = tracesCodec(encoding)
  const allocate = createAllocate(options)
  codec.scan(asBuffer(bytes))
  const problems: SpanProblem[] = []
  for (const row of codec.table.genAiSpans) {
    const span = codec.read(row)
    const genAi = readGenAiSpan(span)
    if (genAi?.role !== 'call') continue
    const { violations } = allocate(span, genAi)
    if (violations.length === 0) continue
    const serviceName = span.resource.attributes.get('service.name')
    problems.push({
      traceId: span.traceId,
      spanId: span.spanId,
      spanName: span.name,
      serviceName: typeof serviceName === 'string' ? serviceName : undefined,
      violations,
    })
  }
  return problems
}
