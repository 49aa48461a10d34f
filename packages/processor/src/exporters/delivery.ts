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
import type { DeliveryResult, Destination } from './types.ts'

export interface DeliveryParts {
  readonly destination: Destination
  readonly retry: RetryConfig
  readonly deadLetters: DeadLetters
  readonly telemetry: Telemetry
  readonly log: RateLimitedLogger
  readonly outage: Outage
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
    if (result.kind === 'permanent' || result.kind === 'unsupported') {
      await giveUp(
        record,
        result,
        result.kind === 'permanent' ? 'permanent_error' : 'unsupported_signal',
        parts,
      )
      return true
    }
    if (stop.aborted) break
    const isExpired = retry.maxElapsedTime > 0 && performance.now() - started >= retry.maxElapsedTime
    // Of one that asks for patience, others go through as it is their turn.
    const isThrottled = result.afterMs !== undefined || result.status === '429'
    if (isExpired || (!isThrottled && stuck.fail())) {
      await giveUp(record, result, 'retry_expired', parts)
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

/** `deliver` never rejects; if it does, that costs this record and not those after it, at every start again. */
function faultOfOurs(error: Error): DeliveryResult {
  return { kind: 'permanent', message: `internal error: ${error.message}` }
}

function noteAccepted(
  { signal, itemCount: items }: QueueRecord,
  { partial }: Extract<DeliveryResult, { kind: 'accepted' }>,
  { destination: { name }, telemetry, log, outage }: DeliveryParts,
): void {
  outage.end()
  // What was not rejected was accepted, so sending it again would duplicate that: OTLP forbids a retry here.
  const rejected = partial?.rejectedItems ?? 0
  countAccepted(telemetry, { destination: name, signal, items }, rejected)
  if (partial === undefined) return
  const outcome = rejected > 0 ? 'partial success' : 'accepted, with a warning'
  log.warn(`partial ${name}`, { destination: name, rejected }, `${outcome}: ${partial.errorMessage}`)
}

async function deliverInPieces(
  record: QueueRecord,
  result: Extract<DeliveryResult, { kind: 'too_large' }>,
  parts: DeliveryParts,
  stop: AbortSignal,
): Promise<boolean> {
  const pieces = halves(record)
  if (pieces === undefined) {
    await giveUp(record, result, 'too_large', parts)
    return true
  }
  const outcomes: boolean[] = []
  for (const piece of pieces) outcomes.push(await deliverRecord(piece, parts, stop))
  return outcomes.every(Boolean)
}

/** `undefined` where it can't be made smaller; what can't even be taken apart must not stop what comes after it. */
function halves(record: QueueRecord): readonly QueueRecord[] | undefined {
  try {
    return splitRecord(record)
  } catch {
    return undefined
  }
}

async function giveUp(
  record: QueueRecord,
  result: Exclude<DeliveryResult, { kind: 'accepted' }>,
  reason: DropReason,
  { destination: { name }, telemetry, deadLetters, log }: DeliveryParts,
): Promise<void> {
  const { signal, itemCount: items } = record
  countDropped(telemetry, { destination: name, signal, items }, reason)
  // Metrics for a backend that knows only traces are no loss, and would soon fill the file.
  const isNoLoss = reason === 'unsupported_signal' && signal !== 'traces'
  const kept = !isNoLoss && (await deadLetters.append(name, record, `${reason}: ${result.message}`))
  log.warn(
    `drop ${name} ${reason}`,
    { destination: name, items, reason, deadLetter: kept },
    `${kept ? 'moved to the dead letters (send them again with "spanmeter replay")' : 'dropped'}: ${result.message}`,
  )
}
