import { ProxyTracerProvider, type Tracer, trace } from '@opentelemetry/api'
import { TracerProvider } from '@opentelemetry/sdk-trace'

type Identity = Parameters<TracerProvider['getTracer']>

/**
 * An app that sets up OpenTelemetry itself registers instrumentations before its tracer provider: they get their tracers
 * from ours. From the moment ours steps back, these are tracers of the app's.
 */
export class YieldingTracerProvider extends TracerProvider {
  #hasYielded = false

  yield(): void {
    this.#hasYielded = true
  }

  override getTracer(...identity: Identity): Tracer {
    const own = super.getTracer(...identity)
    let appTracer: Tracer | undefined
    const current = (): Tracer => {
      if (!this.#hasYielded) return own
      appTracer ??= this.#tracerOfApp(identity) ?? own
      return appTracer
    }
    return {
      startSpan: (name, options, context) => current().startSpan(name, options, context),
      startActiveSpan: (...args: unknown[]) => {
        const tracer = current()
        return Reflect.apply(tracer.startActiveSpan, tracer, args)
      },
    }
  }

  /** @returns `undefined` where the app's registration came to nothing. */
  #tracerOfApp(identity: Identity): Tracer | undefined {
    const provider = trace.getTracerProvider()
    const isOurs = provider instanceof ProxyTracerProvider && provider.getDelegate() === this
    return isOurs ? undefined : provider.getTracer(...identity)
  }
}
