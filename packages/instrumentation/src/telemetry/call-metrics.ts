import type { Attributes } from '@opentelemetry/api'
import type { AttemptEnd } from '../call/attempt.ts'
import type { GenAiCall } from '../call/gen-ai-call.ts'

/** The metrics of one version of the conventions. */
export interface CallMetrics {
  /** @param attributes What was written on the span when the call ended. */
  record(call: GenAiCall, end: AttemptEnd | undefined, attributes: Attributes): void
}
