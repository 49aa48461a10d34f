import type { PartialSuccess } from '../protocol/export-response.ts'
import { GrpcCode, OtlpError, type OtlpErrorDetails, unavailable } from '../protocol/otlp-error.ts'
import { countAccepted, countDropped } from '../telemetry/destination-items.ts'
import type { RateLimitedLogger } from '../telemetry/logger.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { DestinationGroup } from './destination-group.ts'
import { MAX_REQUESTED_DELAY_MS } from './retry-policy.ts'
import type { DeliveryResult, Destination, FailedDelivery } from './types.ts'

export interface DirectDestinationsParts {
  /** The client is told what these answer. */
  readonly backends: readonly Destination[]
  /** Failures of these are counted and logged, but the client is not told. */
  readonly bystanders: readonly Destination[]
  readonly telemetry: Telemetry
  readonly log: RateLimitedLogger
}

/**
 * Destinations without a queue: one attempt each, and the client is told the outcome. With several destinations, a
 * client's retry also goes once more to those that had accepted the request.
 */
export function createDirectDestinations(parts: DirectDestinationsParts): DestinationGroup {
  const { backends, bystanders, telemetry, log } = parts
  const never = new AbortController().signal
  const everyone = [...backends, ...bystanders]
  return {
    async send(record, release) {
      const { signal, itemCount: items } = record
      const attempt = async (destination: Destination) => {
        telemetry.destinationItems.add(items, destination.name, signal, 'received', '')
        const result = await destination.deliver(record, never)
        const sent = { destination: destination.name, signal, items }
        if (result.kind === 'accepted') countAccepted(telemetry, sent, result.partial?.rejectedItems ?? 0)
        else {
          countDropped(telemetry, sent, 'refused')
          log.warn(`direct ${destination.name}`, { destination: destination.name }, result.message)
        }
        return result
      }
      const interested = everyone.filter((destination) => destination.accepts(signal))
      const results = await Promise.all(interested.map(attempt)).finally(release)
      return answerOf(results.filter((_, index) => backends.includes(interested[index] as Destination)))
    },
  }
}

function answerOf(results: readonly DeliveryResult[]): PartialSuccess | undefined {
  let partial: PartialSuccess | undefined
  for (const result of results) {
    if (result.kind === 'accepted') partial ??= result.partial
    else if (result.kind === 'retryable') {
      const afterMs = Math.min(result.afterMs ?? 2_000, MAX_REQUESTED_DELAY_MS)
      throw unavailable(result.message, undefined, Math.ceil(afterMs / 1_000))
    } else throw new OtlpError(result.message, permanentDetails(result))
  }
  return partial
}

/** HTTP 400 and gRPC INVALID_ARGUMENT: the destination says that the data is wrong. */
const INVALID_DATA = new Set(['400', String(GrpcCode.invalidArgument)])

function permanentDetails({ kind, status = '' }: FailedDelivery): OtlpErrorDetails {
  if (kind === 'too_large') return { grpcCode: GrpcCode.resourceExhausted, httpStatus: 413 }
  if (INVALID_DATA.has(status)) return { grpcCode: GrpcCode.invalidArgument, httpStatus: 400 }
  return { grpcCode: GrpcCode.internal, httpStatus: 500 }
}
