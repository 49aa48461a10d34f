import {
  type LoggerProvider,
  logs,
  type MeterProvider,
  metrics as metricsApi,
  type ProxyTracerProvider,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api'
import { takeBaggageFromHeaders } from './business/incoming-headers.ts'
import { type MeteringOptions, resolveConfiguration, type SemconvVersion } from './configuration.ts'
import { optionsFromEnvironment } from './environment.ts'
import { loadFamiliesWhenIdle } from './load-families.ts'
import { Metering } from './metering.ts'
import { type RunningMetering, runningMetering, setRunningMetering } from './running-metering.ts'
import { type CallMetrics, createCallMetrics } from './telemetry/call-metrics.ts'
import { observeFetch } from './transports/fetch.ts'
import { observeHttp } from './transports/http.ts'
import { observeHttp2 } from './transports/http2.ts'
import { observeIncomingCalls } from './transports/incoming-calls.ts'
import { observeUndici } from './transports/undici.ts'
import { INSTRUMENTATION_NAME, INSTRUMENTATION_VERSION } from './version.ts'

export interface TelemetryProviders {
  tracerProvider?: TracerProvider | undefined
  meterProvider?: MeterProvider | undefined
  loggerProvider?: LoggerProvider | undefined
}

/**
 * Starts to meter this process. A later start (the app's own set-up, after the flag) replaces the earlier one: two
 * would report every call twice.
 *
 * @param providers read anew for each call; one that is undefined is taken from the global API.
 */
export function startMetering(
  options: MeteringOptions = {},
  providers: TelemetryProviders = {},
): RunningMetering {
  runningMetering()?.stop()
  const configuration = resolveConfiguration(options, optionsFromEnvironment())
  const metrics = new MetricsByProvider(configuration.semconv)
  const metering = new Metering(configuration, {
    tracer: () => currentTracer(providers.tracerProvider ?? trace.getTracerProvider()),
    metrics: () => metrics.get(providers.meterProvider ?? metricsApi.getMeterProvider()),
    logger: () => (providers.loggerProvider ?? logs).getLogger(INSTRUMENTATION_NAME, INSTRUMENTATION_VERSION),
  })
  loadFamiliesWhenIdle()
  const undici = observeUndici(metering)
  metering.beforeFirstCall = undici.moveLast
  const stops = [
    undici.stop,
    observeHttp(metering),
    observeHttp2(metering),
    observeFetch(metering),
    observeIncomingCalls(),
    takeBaggageFromHeaders(configuration.baggageFromHeaders),
  ]
  const running: RunningMetering = {
    endOpenCalls: () => metering.endAll(),
    stop() {
      for (const stop of stops) stop()
      if (runningMetering() === running) setRunningMetering(undefined)
    },
  }
  setRunningMetering(running)
  return running
}

/** An app may register its meter provider after us: each provider gets metrics of its own. */
class MetricsByProvider {
  readonly #version: SemconvVersion
  readonly #metrics = new WeakMap<MeterProvider, CallMetrics | null>()

  constructor(version: SemconvVersion) {
    this.#version = version
  }

  get(provider: MeterProvider): CallMetrics | undefined {
    let metrics = this.#metrics.get(provider)
    if (metrics === undefined) {
      const meter = provider.getMeter(INSTRUMENTATION_NAME, INSTRUMENTATION_VERSION)
      metrics = createCallMetrics(meter, this.#version) ?? null
      this.#metrics.set(provider, metrics)
    }
    return metrics ?? undefined
  }
}

let lastProvider: TracerProvider | undefined
let lastTracer: Tracer | undefined

/** An app may set up its SDK after us: a tracer is only kept as long as its provider is the one in use. */
function currentTracer(registered: TracerProvider): Tracer {
  const provider =
    'getDelegate' in registered ? (registered as ProxyTracerProvider).getDelegate() : registered
  if (provider !== lastProvider || lastTracer === undefined) {
    lastProvider = provider
    lastTracer = provider.getTracer(INSTRUMENTATION_NAME, INSTRUMENTATION_VERSION)
  }
  return lastTracer
}
