import { type Attributes, createNoopMeter, type Meter } from '@opentelemetry/api'
import type { AttemptEnd } from '../call/attempt.ts'
import type { SemconvVersion } from '../configuration.ts'
import { createDevelopmentMetrics } from './development-metrics.ts'
import type { Labels } from './labels.ts'
import { createPublishedMetrics } from './published-metrics.ts'

/** One finished call, as metrics see it. */
export interface FinishedCall {
  /** Everything on its span that is of low cardinality. */
  readonly labels: Labels
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

/** Whether this is what a copy of the API has until an app registers a meter provider. */
export function isNoopMeter(meter: Meter): boolean {
  return meter === createNoopMeter() || meter.constructor.name === 'NoopMeter'
}

/** @returns `undefined` where nobody collects metrics. */
export function createCallMetrics(meter: Meter, version: SemconvVersion): CallMetrics | undefined {
  if (isNoopMeter(meter)) return undefined
  return version === 'dev' ? createDevelopmentMetrics(meter) : createPublishedMetrics(meter)
}
