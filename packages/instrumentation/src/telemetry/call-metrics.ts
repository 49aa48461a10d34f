import { type Attributes, createNoopMeter, type Meter } from '@opentelemetry/api'
import type { AttemptEnd } from '../call/attempt.ts'
import type { SemconvVersion } from '../configuration.ts'
import * as semconv from '../semconv.ts'
import { createDevelopmentMetrics } from './development-metrics.ts'
import { createPublishedMetrics } from './published-metrics.ts'

/** One finished call, as metrics see it. */
export interface FinishedCall {
  /** Everything on its span that is of low cardinality. */
  readonly labels: Attributes
  /** What was written on its span at the end: the usage among it. */
  readonly attributes: Attributes
  readonly operation: string
  readonly stream: boolean
  /** `performance.now()`. */
  readonly startedAt: number
  readonly end: AttemptEnd | undefined
}

/** The metrics of one version of the conventions. */
export interface CallMetrics {
  record(call: FinishedCall): void
}

/** @returns `undefined` where nobody collects metrics. */
export function createCallMetrics(meter: Meter, version: SemconvVersion): CallMetrics | undefined {
  if (meter === createNoopMeter()) return undefined
  return version === 'dev' ? createDevelopmentMetrics(meter) : createPublishedMetrics(meter)
}

const SHARED_LABELS = [
  semconv.ATTR_OPERATION_NAME,
  semconv.ATTR_PROVIDER_NAME,
  semconv.ATTR_REQUEST_MODEL,
  semconv.ATTR_SERVER_ADDRESS,
  semconv.ATTR_SERVER_PORT,
] as const

/**
 * Frozen: what the flag loads hashes such labels once, however many measurements bear them.
 *
 * @param metricKeys The business keys whose values are few.
 */
export function labelsOf(start: Attributes, end: Attributes, metricKeys: readonly string[]): Attributes {
  const labels: Attributes = {}
  for (const name of SHARED_LABELS) if (start[name] !== undefined) labels[name] = start[name]
  // Who answered may be known at the end only.
  for (const name of [semconv.ATTR_RESPONSE_MODEL, semconv.ATTR_PROVIDER_NAME])
    if (end[name] !== undefined) labels[name] = end[name]
  for (const key of metricKeys) {
    const name = semconv.businessAttribute(key)
    if (start[name] !== undefined) labels[name] = start[name]
  }
  return Object.freeze(labels)
}
