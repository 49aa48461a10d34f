import type { MeteredCall } from '../enrichment/metered-call.ts'
import type { DestinationGroup } from '../exporters/destination-group.ts'
import { InvalidTracesError } from '../otlp/errors.ts'
import { transcode } from '../otlp/transcode.ts'
import { countItems } from '../protocol/count-items.ts'
import { invalidData, overloaded, tooLarge, unavailable } from '../protocol/otlp-error.ts'
import { QueueFullError, QueueUnavailableError, RecordTooLargeError } from '../queue/errors.ts'
import type { RateLimitedLogger } from '../telemetry/logger.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { OtlpEncoding, ProcessedTraces, ProcessTraces } from '../types.ts'
import type { ConsumeRequest, TelemetryRequest } from './types.ts'

export interface ConsumeRequestParts {
  readonly processTraces: ProcessTraces
  readonly destinations: DestinationGroup
  /** The encoding of all backends. `undefined` where they differ: requests are then queued as they came. */
  readonly forwardEncoding: OtlpEncoding | undefined
  /** Counts a batch's calls into the cost metrics, except those that were counted before. */
  readonly recordCalls: (calls: readonly MeteredCall[]) => void
  readonly telemetry: Telemetry
  readonly log: RateLimitedLogger
}

/** A request that is ready to be sent to the destinations. */
interface Batch {
  readonly encoding: OtlpEncoding
  readonly bytes: Uint8Array
  readonly itemCount: number
  release(): void
}

/**
 * What happens to every request, whichever receiver it came through: price and attribute, count the cost, hand over to the
 * destinations, acknowledge.
 */
export function createConsumeRequest(parts: ConsumeRequestParts): ConsumeRequest {
  const { destinations, telemetry } = parts
  return async (request) => {
    const { signal, transport } = request
    const { encoding, bytes, itemCount, release } = rewritten(readBatch(request, parts), request, parts)
    try {
      const record = { signal, encoding, itemCount, acceptedAt: Date.now(), payload: bytes }
      if (itemCount === 0) release()
      const partial = itemCount === 0 ? undefined : await destinations.send(record, release)
      telemetry.accepted[signal].add(itemCount, 'otlp', transport)
      return partial
    } catch (thrown) {
      telemetry.refused[signal].add(itemCount, 'otlp', transport)
      throw statusOf(thrown)
    }
  }
}

function readBatch(request: TelemetryRequest, parts: ConsumeRequestParts): Batch {
  const { signal, transport, release } = request
  try {
    return signal === 'traces' ? enriched(request, parts) : asItCame(request)
  } catch (thrown) {
    release()
    parts.telemetry.failed[signal].add(1, 'otlp', transport)
    throw thrown instanceof InvalidTracesError ? invalidData(thrown.message, thrown) : thrown
  }
}

function enriched(request: TelemetryRequest, parts: ConsumeRequestParts): Batch {
  const { encoding, body, context, memory } = request
  try {
    const processed = parts.processTraces(body, encoding, context, memory)
    // Calls are counted now and not when a backend has accepted them: their money is spent either way, and a call that is
    // sent again counts once. Besides, calls kept until then would be copied by one garbage collection after the other.
    if (processed.calls.length > 0) parts.recordCalls(processed.calls)
    return tracesBatch(request, processed)
  } catch (thrown) {
    if (thrown instanceof InvalidTracesError) throw thrown
    // A bug of ours must not cost users their traces: they are forwarded as they came.
    parts.telemetry.enrichmentFailures.add(1)
    parts.log.warn('enrichment', { err: thrown }, 'could not enrich a batch; forwarding it as it came')
    return asItCame(request)
  }
}

function asItCame({ signal, encoding, body, release }: TelemetryRequest): Batch {
  return { encoding, bytes: body, itemCount: countItems(body, encoding, signal), release }
}

/**
 * The batch in the encoding of the backends. It is rewritten before it is acknowledged, so that the sender learns if that is
 * impossible, and only once, however often it is sent.
 */
function rewritten(
  batch: Batch,
  { signal, transport }: TelemetryRequest,
  { forwardEncoding = batch.encoding, telemetry }: ConsumeRequestParts,
): Batch {
  if (batch.encoding === forwardEncoding) return batch
  try {
    const bytes = transcode(batch.bytes, signal, batch.encoding, forwardEncoding)
    return { ...batch, encoding: forwardEncoding, bytes, release: () => undefined }
  } catch (thrown) {
    telemetry.failed[signal].add(1, 'otlp', transport)
    throw invalidData((thrown as Error).message, thrown)
  } finally {
    batch.release()
  }
}

function tracesBatch(
  request: TelemetryRequest,
  { encoding, bytes, spanCount, release }: ProcessedTraces,
): Batch {
  const batch = { encoding, bytes, itemCount: spanCount }
  if (bytes.buffer !== request.body.buffer) {
    request.release()
    return { ...batch, release }
  }
  return {
    ...batch,
    release() {
      release()
      request.release()
    },
  }
}

function statusOf(thrown: unknown): unknown {
  if (thrown instanceof RecordTooLargeError) return tooLarge(thrown.message, thrown)
  if (thrown instanceof QueueFullError) return overloaded(thrown.message, thrown)
  if (thrown instanceof QueueUnavailableError) return unavailable(thrown.message, thrown)
  return thrown
}
