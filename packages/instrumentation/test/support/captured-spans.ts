import { context, metrics, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core'
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { BusinessContextSpanProcessor } from '../../src/business/business-context-span-processor.ts'
import type { MeteringOptions } from '../../src/configuration.ts'
import type { RunningMetering } from '../../src/running-metering.ts'
import { startMetering } from '../../src/start-metering.ts'

export interface CapturedSpans {
  readonly metering: RunningMetering
  /** The finished spans since the last `take`, once there are `count` of them; those of other scopes left out. */
  take(count: number): Promise<ReadableSpan[]>
  stop(): void
}

/** A real SDK registered globally, as an app has it, and the metering of this process. */
export function captureSpans(options: MeteringOptions = {}): CapturedSpans {
  const exporter = new InMemorySpanExporter()
  const spanProcessors = [new BusinessContextSpanProcessor(), new SimpleSpanProcessor({ exporter })]
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
  )
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors }))
  const metering = startMetering(options)
  const genAiSpans = (): ReadableSpan[] =>
    exporter.getFinishedSpans().filter((span) => span.attributes['gen_ai.operation.name'] !== undefined)
  return {
    metering,
    async take(count) {
      const deadline = Date.now() + 5_000
      while (genAiSpans().length < count && Date.now() < deadline)
        await new Promise((resolve) => setImmediate(resolve))
      const spans = genAiSpans()
      exporter.reset()
      return spans
    },
    stop() {
      metering.stop()
      trace.disable()
      context.disable()
      propagation.disable()
      metrics.disable()
    },
  }
}
