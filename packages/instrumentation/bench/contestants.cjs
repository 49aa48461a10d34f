// Each sets up what a user of that instrumentation would, on the same OpenTelemetry SDK, content capture off. What it returns
// can be switched off and on again, so that the same process can be measured with it and without.
const path = require('node:path')

/** The exporter of all of them: counts the spans, and lets all but the last go. */
function lettingGo() {
  const exporter = {
    export(spans, done) {
      exporter.count += spans.length
      exporter.last = spans.at(-1)
      done({ code: 0 })
    },
    forceFlush: async () => {},
    shutdown: async () => {},
    count: 0,
    last: undefined,
  }
  return exporter
}

/** The SDK that they report to: real spans, batched. */
function startSdk() {
  const { context, trace } = require('@opentelemetry/api')
  const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks')
  const { BatchSpanProcessor, TracerProvider } = require('@opentelemetry/sdk-trace')
  const exporter = lettingGo()
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  const provider = new TracerProvider({
    spanProcessors: [new BatchSpanProcessor({ exporter, maxQueueSize: 65536 })],
  })
  trace.setGlobalTracerProvider(provider)
  return { exporter, provider }
}

/** Of OpenTelemetry's kind. */
function switchable(sdk, instrumentation) {
  return { ...sdk, on: () => instrumentation.enable(), off: () => instrumentation.disable() }
}

const contestants = {
  'un-instrumented': () => undefined,
  'OpenTelemetry SDK alone': startSdk,
  spanmeter() {
    const sdk = startSdk()
    const { GenAiInstrumentation } = require(path.join(__dirname, '..', 'dist', 'index.cjs'))
    return switchable(sdk, new GenAiInstrumentation())
  },
  '@opentelemetry/instrumentation-openai'() {
    const sdk = startSdk()
    const { OpenAIInstrumentation } = require('@opentelemetry/instrumentation-openai')
    const { metrics } = require('@opentelemetry/api')
    const instrumentation = new OpenAIInstrumentation()
    // As registerInstrumentations() does: its streams throw without.
    instrumentation.setMeterProvider(metrics.getMeterProvider())
    return switchable(sdk, instrumentation)
  },
  OpenLLMetry() {
    const sdk = startSdk()
    const { OpenAIInstrumentation } = require('@traceloop/instrumentation-openai')
    return switchable(sdk, new OpenAIInstrumentation({ traceContent: false }))
  },
  OpenInference() {
    const sdk = startSdk()
    const { OpenAIInstrumentation } = require('@arizeai/openinference-instrumentation-openai')
    const traceConfig = { hideInputs: true, hideOutputs: true }
    return switchable(sdk, new OpenAIInstrumentation({ traceConfig }))
  },
  OpenLIT() {
    // Brings an SDK of its own, and instruments nothing when it is given another.
    const openlit = require('openlit')
    openlit.default.init({
      otlpEndpoint: 'http://127.0.0.1:9',
      captureMessageContent: false,
      disableMetrics: true,
      disableEvents: true,
    })
    const own = path.dirname(require.resolve('openlit'))
    const { traceProvider, traceExporter } = require(path.join(own, 'otel', 'tracing.js')).default
    const { availableInstrumentations } = require(path.join(own, 'instrumentation')).default
    const exporter = lettingGo()
    traceExporter.export = exporter.export
    // It complains of what it has never patched.
    availableInstrumentations.openai._unwrap = (object, name) => object?.[name]?.__unwrap?.()
    return switchable({ exporter, provider: traceProvider }, availableInstrumentations.openai)
  },
}

module.exports = { contestants }
