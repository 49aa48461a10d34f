import {
  type MeterProvider,
  ProxyTracerProvider,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api'
import { type MeteringOptions, resolveConfiguration } from './configuration.ts'
import { optionsFromEnvironment } from './environment.ts'
import { Metering } from './metering.ts'
import { observeFetch } from './transports/fetch.ts'
import { observeHttp } from './transports/http.ts'
import { observeHttp2 } from './transports/http2.ts'
import { observeUndici } from './transports/undici.ts'
import { INSTRUMENTATION_NAME, INSTRUMENTATION_VERSION } from './version.ts'

export interface RunningMetering {
  /** Ends every span that is still open, with what is known. */
  endOpenCalls(): void
  /** Puts everything back as it was. */
  stop(): void
}

export interface TelemetryProviders {
  tracerProvider?: TracerProvider | undefined
  meterProvider?: MeterProvider | undefined
}

/** @param providers Asked for each call; what is undefined there is taken from the global API. */
export function startMetering(
  options: MeteringOptions = {},
  providers: TelemetryProviders = {},
): RunningMetering {
  const configuration = resolveConfiguration(options, optionsFromEnvironment(process.env))
  const metering = new Metering(configuration, {
    tracer: () => currentTracer(providers.tracerProvider ?? trace.getTracerProvider()),
    metrics: () => undefined,
  })
  const stops = [
    observeUndici(metering),
    observeHttp(metering),
    observeHttp2(metering),
    observeFetch(metering),
  ]
  return {
    endOpenCalls: () => metering.endAll(),
    stop() {
      for (const stop of stops) stop()
    },
  }
}

let lastProvider: TracerProvider | undefined
let lastTracer: Tracer | undefined

/** An app may set up its SDK after us: a tracer is only kept as long as its provider is the one in use. */
function currentTracer(registered: TracerProvider): Tracer {
  const provider = registered instanceof ProxyTracerProvider ? registered.getDelegate() : registered
  if (provider !== lastProvider || lastTracer === undefined) {
    lastProvider = provider
    lastTracer = provider.getTracer(INSTRUMENTATION_NAME, INSTRUMENTATION_VERSION)
  }
  return lastTracer
}
