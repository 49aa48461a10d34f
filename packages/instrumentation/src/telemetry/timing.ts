import type { Histogram } from '@opentelemetry/api'
import { ATTR_ERROR_TYPE } from '../semconv.ts'
import type { FinishedCall } from './call-metrics.ts'

/** In seconds; with `error.type` if the call failed. */
export function recordDuration({ attributes, labels, startedAt, end }: FinishedCall, into: Histogram): void {
  const seconds = Math.max(0, (end?.endedAt ?? performance.now()) - startedAt) / 1000
  const error = attributes[ATTR_ERROR_TYPE]
  into.record(seconds, error === undefined ? labels.own : labels.with(ATTR_ERROR_TYPE, error))
}

/** For streams only, as the conventions ask. */
export function recordStreamTiming(call: FinishedCall, toFirst: Histogram, perChunk: Histogram): void {
  const times = call.end?.chunkTimes ?? []
  if (!call.stream || times.length === 0) return
  toFirst.record((times[0]! - call.startedAt) / 1000, call.labels.own)
  for (let index = 1; index < times.length; index++) {
    perChunk.record((times[index]! - times[index - 1]!) / 1000, call.labels.own)
  }
}
