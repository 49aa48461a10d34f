import type { LoggerProvider, MeterProvider, TracerProvider } from '@opentelemetry/api'
import type { MeteringOptions } from './configuration.ts'
import type { RunningMetering } from './running-metering.ts'
import { startMetering, type TelemetryProviders } from './start-metering.ts'
import { isNoopMeter } from './telemetry/call-metrics.ts'
import { INSTRUMENTATION_NAME, INSTRUMENTATION_VERSION } from './version.ts'

export interface GenAiInstrumentationConfig extends MeteringOptions {
  /** Default: true. */
  enabled?: boolean
}

/** Before 1.10 OpenTelemetry's API has no type for it. */
interface AnyLoggerProvider {
  getLogger(name: string, version?: string): object
}

/**
 * Meters every LLM call of the process on the wire, for apps with an OpenTelemetry set-up of their own. No module is patched:
 * hence none of what `@opentelemetry/instrumentation` has for that, only its `Instrumentation` interface, of any version.
 *
 * @example
 * new NodeSDK({ instrumentations: [new GenAiInstrumentation()] }).start()
 */
export class GenAiInstrumentation {
  readonly instrumentationName: string = INSTRUMENTATION_NAME
  readonly instrumentationVersion: string = INSTRUMENTATION_VERSION
  #config: GenAiInstrumentationConfig
  #running: RunningMetering | undefined
  readonly #providers: TelemetryProviders = {}

  constructor(config: GenAiInstrumentationConfig = {}) {
    this.#config = withDefaults(config)
    if (this.#config.enabled === true) this.enable()
  }

  enable(): void {
    this.#running ??= startMetering(this.#config, this.#providers)
  }

  disable(): void {
    this.#running?.endOpenCalls()
    this.#running?.stop()
    this.#running = undefined
  }

  getConfig(): GenAiInstrumentationConfig {
    return this.#config
  }

  setConfig(config: GenAiInstrumentationConfig = {}): void {
    this.#config = withDefaults(config)
  }

  setTracerProvider(tracerProvider: TracerProvider): void {
    this.#providers.tracerProvider = tracerProvider
  }

  setMeterProvider(meterProvider: MeterProvider): void {
    // Where the app has registered none yet, it is the API's own, which will never do anything.
    const isNoop = isNoopMeter(meterProvider.getMeter(INSTRUMENTATION_NAME, INSTRUMENTATION_VERSION))
    this.#providers.meterProvider = isNoop ? undefined : meterProvider
  }

  setLoggerProvider(loggerProvider: AnyLoggerProvider): void {
    this.#providers.loggerProvider = loggerProvider as LoggerProvider
  }
}

function withDefaults(config: GenAiInstrumentationConfig): GenAiInstrumentationConfig {
  return { enabled: true, ...config }
}
