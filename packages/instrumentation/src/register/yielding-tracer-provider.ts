import { ProxyTracerProvider, type Tracer, trace } from '@opentelemetry/api'
import { TracerProvider } from '@opentelemetry/sdk-trace'

type Identity = Parameters<TracerProvider['getTracer']>

/**
 * An app that sets up OpenTelemetry itself may register instrumentations before its tracer provider: they get their
 * tracers from ours. Once ours steps back, those pass everything to tracers of the app's provider.
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

  /** @returns `undefined` if the app's registration was refused. */
  #tracerOfApp(identity: Identity): Tracer | undefined {
    const provider = trace.getTracerProvider()
    const isOurs = provider instanceof ProxyTracerProvider && provider.getDelegate() === this
    return isOurs ? undefined : provider.getTracer(...identity)
  }
}
