import type { MeteredCall } from '../enrichment/metered-call.ts'
import type { DestinationGroup } from '../exporters/destination-group.ts'
import { InvalidTracesError } from '../otlp/errors.ts'
import { QueueFullError, QueueUnavailableError } from '../queue/errors.ts'
import type { RateLimitedLogger } from '../telemetry/logger.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { ProcessedTraces, ProcessTraces } from '../types.ts'
import { countItems } from './count-items.ts'
import { invalidData, OtlpError, overloaded, unavailable } from './otlp-error.ts'
import type { ConsumeRequest, TelemetryRequest } from './types.ts'

export interface ConsumeRequestParts {
  readonly processTraces: ProcessTraces
  readonly destinations: DestinationGroup
  /** Counts the calls of an accepted batch into the cost metrics. */
  readonly recordCalls: (calls: readonly MeteredCall[]) => void
  readonly telemetry: Telemetry
  readonly log: RateLimitedLogger
}

/** A request that is ready for its destinations. */
interface Batch {
  readonly bytes: Uint8Array
  readonly itemCount: number
  readonly calls: readonly MeteredCall[]
  release(): void
}

/**
 * The way of every request, from either receiver: price and attribute, hand over to the destinations, count the
 * money, acknowledge.
 */
export function createConsumeRequest(parts: ConsumeRequestParts): ConsumeRequest {
  const { destinations, recordCalls, telemetry } = parts
  return async (request) => {
    const { signal, encoding, transport } = request
    const { bytes, itemCount, calls, release } = readBatch(request, parts)
    try {
      const record = { signal, encoding, itemCount, acceptedAt: Date.now(), payload: bytes }
      if (itemCount === 0) release()
      const partial = itemCount === 0 ? undefined : await destinations.send(record, release)
      if (calls.length > 0) recordCalls(calls)
      telemetry.accepted[signal].add(itemCount, 'otlp', transport)
      return partial
    } catch (thrown) {
      telemetry.refused[signal].add(itemCount, 'otlp', transport)
      throw statusOf(thrown)
    }
  }
}

function readBatch(request: TelemetryRequest, parts: ConsumeRequestParts): Batch {
  const { signal, encoding, body, transport, release } = request
  try {
    if (signal !== 'traces') {
      return { bytes: body, itemCount: countItems(body, encoding, signal), calls: [], release }
    }
    return tracesBatch(request, parts.processTraces(body, encoding, request.context))
  } catch (thrown) {
    if (thrown instanceof InvalidTracesError || thrown instanceof OtlpError) {
      release()
      parts.telemetry.failed[signal].add(1, 'otlp', transport)
      throw thrown instanceof OtlpError ? thrown : invalidData(thrown.message, thrown)
    }
    // A fault of ours must not cost the user their traces: they go on as they came.
    parts.telemetry.enrichmentFailures.add(1)
    parts.log.warn('enrichment', { err: thrown }, 'could not enrich a batch; forwarding it as it came')
    return { bytes: body, itemCount: countItems(body, encoding, signal), calls: [], release }
  }
}

function tracesBatch(request: TelemetryRequest, processed: ProcessedTraces): Batch {
  const { bytes, spanCount, calls } = processed
  const batch = { bytes, itemCount: spanCount, calls }
  if (bytes.buffer !== request.body.buffer) {
    request.release()
    return { ...batch, release: () => processed.release() }
  }
  return {
    ...batch,
    release() {
      processed.release()
      request.release()
    },
  }
}

function statusOf(thrown: unknown): unknown {
  if (thrown instanceof QueueFullError) return overloaded(thrown.message, thrown)
  if (thrown instanceof QueueUnavailableError) return unavailable(thrown.message, thrown)
  return thrown
}
