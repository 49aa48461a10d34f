import { context, propagation } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { startLogs } from './logs.ts'
import { startMetrics } from './metrics.ts'
import { createPropagator } from './propagators.ts'
import { detectResource } from './resource.ts'
import type { StartedSignal } from './started-signal.ts'
import { startTraces } from './traces.ts'

/** By the names of their registrations in OpenTelemetry's API. */
export interface StartedSdk {
  readonly trace: StartedSignal
  readonly metrics: StartedSignal
  readonly logs: StartedSignal
}

/**
 * Sets up OpenTelemetry by the standard `OTEL_*` variables, as `@opentelemetry/sdk-node` does, from the few parts that
 * are wanted: that package loads a thousand modules and takes 50 MB for exporters that hardly any app uses.
 */
export function startSdk(): StartedSdk {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  const propagator = createPropagator()
  if (propagator !== undefined) propagation.setGlobalPropagator(propagator)
  const resource = detectResource()
  const [metrics, logs, trace] = [startMetrics(resource), startLogs(resource), startTraces(resource)]
  return { trace, metrics, logs }
}
