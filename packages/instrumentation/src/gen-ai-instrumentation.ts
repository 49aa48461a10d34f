import type { MeterProvider, TracerProvider } from '@opentelemetry/api'
import { InstrumentationBase, type InstrumentationConfig } from '@opentelemetry/instrumentation'
import type { MeteringOptions } from './configuration.ts'
import type { RunningMetering } from './running-metering.ts'
import { startMetering, type TelemetryProviders } from './start-metering.ts'
import { INSTRUMENTATION_NAME, INSTRUMENTATION_VERSION } from './version.ts'

export interface GenAiInstrumentationConfig extends InstrumentationConfig, MeteringOptions {}

/**
 * Meters every LLM call of the process on the wire, for apps with an OpenTelemetry set-up of their own.
 *
 * @example
 * new NodeSDK({ instrumentations: [new GenAiInstrumentation()] }).start()
 */
export class GenAiInstrumentation extends InstrumentationBase<GenAiInstrumentationConfig> {
  // Set by the base constructor's call of enable(), before own initialisers would run: hence declared only.
  declare private running: RunningMetering | undefined
  declare private providers: TelemetryProviders

  constructor(config: GenAiInstrumentationConfig = {}) {
    super(INSTRUMENTATION_NAME, INSTRUMENTATION_VERSION, config)
  }

  /** No module is patched: the wire is watched. */
  protected override init(): [] {
    return []
  }

  override enable(): void {
    this.providers ??= {}
    this.running ??= startMetering(this.getConfig(), this.providers)
  }

  override disable(): void {
    this.running?.endOpenCalls()
    this.running?.stop()
    this.running = undefined
  }

  override setTracerProvider(tracerProvider: TracerProvider): void {
    super.setTracerProvider(tracerProvider)
    this.providers.tracerProvider = tracerProvider
  }

  override setMeterProvider(meterProvider: MeterProvider): void {
    super.setMeterProvider(meterProvider)
    // The base constructor calls this for the global provider, too; ours is asked for anew with each call.
    this.providers ??= {}
    this.providers.meterProvider = meterProvider
  }
}
