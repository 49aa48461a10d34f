// Each sets up what a user of that instrumentation would, on the same OpenTelemetry SDK, content capture off.
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

const contestants = {
  'un-instrumented': () => undefined,
  'un-instrumented again': () => undefined,
  'OpenTelemetry SDK alone': startSdk,
  spanmeter() {
    const sdk = startSdk()
    require(path.join(__dirname, '..', 'dist', 'start-metering.js')).startMetering()
    return sdk
  },
  '@opentelemetry/instrumentation-openai'() {
    const sdk = startSdk()
    const { OpenAIInstrumentation } = require('@opentelemetry/instrumentation-openai')
    const { metrics } = require('@opentelemetry/api')
    // As registerInstrumentations() does: its streams throw without.
    new OpenAIInstrumentation().setMeterProvider(metrics.getMeterProvider())
    return sdk
  },
  OpenLLMetry() {
    const sdk = startSdk()
    const { OpenAIInstrumentation } = require('@traceloop/instrumentation-openai')
    new OpenAIInstrumentation({ traceContent: false })
    return sdk
  },
  OpenInference() {
    const sdk = startSdk()
    const { OpenAIInstrumentation } = require('@arizeai/openinference-instrumentation-openai')
    new OpenAIInstrumentation({ traceConfig: { hideInputs: true, hideOutputs: true } })
    return sdk
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
    const { traceProvider, traceExporter } = require(
      path.join(path.dirname(require.resolve('openlit')), 'otel', 'tracing.js'),
    ).default
    const exporter = lettingGo()
    traceExporter.export = exporter.export
    return { exporter, provider: traceProvider }
  },
}

module.exports = { contestants }
