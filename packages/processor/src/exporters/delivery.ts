import { setTimeout as sleep } from 'node:timers/promises'
import type { RetryConfig } from '../config/types.ts'
import type { QueueRecord } from '../queue/record.ts'
import { countAccepted, countDropped, type DropReason } from '../telemetry/destination-items.ts'
import type { RateLimitedLogger } from '../telemetry/logger.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { DeadLetters } from './dead-letters.ts'
import type { Outage } from './outage.ts'
import { retryDelay } from './retry-policy.ts'
import { splitRecord } from './split-record.ts'
import { StuckRecord } from './stuck-record.ts'
import type { Accepted, Destination, FailedDelivery } from './types.ts'

export interface DeliveryParts {
  readonly destination: Destination
  readonly retry: RetryConfig
  readonly deadLetters: DeadLetters
  readonly telemetry: Telemetry
  readonly log: RateLimitedLogger
  readonly outage: Outage
}

/** What a record that is given up counts as. */
const DROP_REASONS: Readonly<Record<FailedDelivery['kind'], DropReason>> = {
  retryable: 'retry_expired',
  permanent: 'permanent_error',
  unsupported: 'unsupported_signal',
  too_large: 'too_large',
}

/**
 * Takes one record all the way: attempts, waits, splits, and in the end counts every item of it exactly once as
 * exported, rejected or dropped. Returns false only if `stop` ended it before that.
 */
export async function deliverRecord(
  record: QueueRecord,
  parts: DeliveryParts,
  stop: AbortSignal,
): Promise<boolean> {
  const { destination, retry, telemetry, log, outage } = parts
  const started = performance.now()
  const stuck = new StuckRecord(outage)
  for (let attempt = 1; !stop.aborted; attempt += 1) {
    telemetry.inFlightRequests.add(1, destination.name)
    const result = await destination.deliver(record, stop).catch(faultOfOurs)
    telemetry.inFlightRequests.add(-1, destination.name)
    if (result.kind === 'accepted') {
      noteAccepted(record, result, parts)
      return true
    }
    if (result.kind === 'too_large') return deliverInPieces(record, result, parts, stop)
    if (result.kind !== 'retryable') {
      await giveUp(record, result, parts)
      return true
    }
    if (stop.aborted) break
    const isExpired = retry.maxElapsedTime > 0 && performance.now() - started >= retry.maxElapsedTime
    // A destination that throttles us takes other records meanwhile: that says nothing against this one.
    const isThrottled = result.afterMs !== undefined || result.status === '429'
    if (isExpired || (!isThrottled && stuck.fail())) {
      await giveUp(record, result, parts)
      return true
    }
    telemetry.retries.add(1, destination.name)
    outage.begin()
    const delay = retryDelay(retry, attempt, result.afterMs)
    log.warn(
      `retry ${destination.name}`,
      { destination: destination.name, attempt, nextInSeconds: Math.ceil(delay / 1_000) },
      `will retry: ${result.message}`,
    )
    await sleep(delay, undefined, { signal: stop }).catch(() => undefined)
  }
  return false
}

/** `deliver` should never reject. If a fault of ours makes it, only this record is lost; retried, it would block all others. */
function faultOfOurs(error: Error): FailedDelivery {
  return { kind: 'permanent', message: `internal error: ${error.message}` }
}

function noteAccepted(
  { signal, itemCount: items }: QueueRecord,
  { partial }: Accepted,
  { destination: { name }, telemetry, log, outage }: DeliveryParts,
): void {
  outage.end()
  // OTLP forbids a retry here: what was not rejected was accepted, and would be there twice.
  const rejected = partial?.rejectedItems ?? 0
  countAccepted(telemetry, { destination: name, signal, items }, rejected)
  if (partial === undefined) return
  const outcome = rejected > 0 ? 'partial success' : 'accepted, with a warning'
  log.warn(`partial ${name}`, { destination: name, rejected }, `${outcome}: ${partial.errorMessage}`)
}

async function deliverInPieces(
  record: QueueRecord,
  result: FailedDelivery,
  parts: DeliveryParts,
  stop: AbortSignal,
): Promise<boolean> {
  const pieces = halves(record)
  if (pieces === undefined) {
    await giveUp(record, result, parts)
    return true
  }
  const outcomes: boolean[] = []
  for (const piece of pieces) outcomes.push(await deliverRecord(piece, parts, stop))
  return outcomes.every(Boolean)
}

/** `undefined` where the record can't be made smaller, or not even be parsed: that must not stop those after it. */
function halves(record: QueueRecord): readonly QueueRecord[] | undefined {
  try {
    return splitRecord(record)
  } catch {
    return undefined
  }
}

async function giveUp(
  record: QueueRecord,
  result: FailedDelivery,
  { destination: { name }, telemetry, deadLetters, log }: DeliveryParts,
): Promise<void> {
  const { signal, itemCount: items } = record
  const reason = DROP_REASONS[result.kind]
  countDropped(telemetry, { destination: name, signal, items }, reason)
  // A backend that takes only traces misses no metrics, and they would soon fill the file.
  const isNoLoss = reason === 'unsupported_signal' && signal !== 'traces'
  const kept = !isNoLoss && (await deadLetters.append(name, record, `${reason}: ${result.message}`))
  log.warn(
    `drop ${name} ${reason}`,
    { destination: name, items, reason, deadLetter: kept },
    `${kept ? 'moved to the dead letters (send them again with "spanmeter replay")' : 'dropped'}: ${result.message}`,
  )
}
