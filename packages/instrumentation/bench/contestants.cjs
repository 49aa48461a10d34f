// Each sets up what a user of that instrumentation would, on the same OpenTelemetry SDK, content capture off.
const channels = require('node:diagnostics_channel')
const { syncBuiltinESMExports } = require('node:module')
const path = require('node:path')

/** The exporter of all of them: counts the spans and lets them go. */
function lettingGo() {
  const exporter = {
    export: (spans, done) => {
      exporter.count += spans.length
      done({ code: 0 })
    },
    forceFlush: async () => {},
    shutdown: async () => {},
    count: 0,
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

/** What replaces `fetch` and listens to channels is there for every copy of an SDK: it is taken away and put back. */
function switchable(start) {
  const before = globalThis.fetch
  const { subscribe, unsubscribe } = channels
  const listeners = []
  channels.subscribe = (...listener) => {
    listeners.push(listener)
    subscribe(...listener)
  }
  syncBuiltinESMExports()
  start()
  Object.assign(channels, { subscribe })
  syncBuiltinESMExports()
  const after = globalThis.fetch
  const off = () => {
    globalThis.fetch = before
    for (const listener of listeners) unsubscribe(...listener)
  }
  const on = () => {
    globalThis.fetch = after
    for (const listener of listeners) subscribe(...listener)
  }
  off()
  return { on, off }
}

const dist = path.join(__dirname, '..', 'dist')

const contestants = {
  'un-instrumented': () => undefined,
  'un-instrumented again': () => undefined,
  'OpenTelemetry SDK alone': () => ({ sdk: startSdk() }),
  spanmeter() {
    const sdk = startSdk()
    return { sdk, ...switchable(() => require(path.join(dist, 'start-metering.js')).startMetering()) }
  },
  '@opentelemetry/instrumentation-openai'() {
    const sdk = startSdk()
    const { OpenAIInstrumentation } = require('@opentelemetry/instrumentation-openai')
    const { metrics } = require('@opentelemetry/api')
    // As registerInstrumentations() does: its streams throw without.
    new OpenAIInstrumentation().setMeterProvider(metrics.getMeterProvider())
    return { sdk }
  },
  OpenLLMetry() {
    const sdk = startSdk()
    const { OpenAIInstrumentation } = require('@traceloop/instrumentation-openai')
    new OpenAIInstrumentation({ traceContent: false })
    return { sdk }
  },
  OpenInference() {
    const sdk = startSdk()
    const { OpenAIInstrumentation } = require('@arizeai/openinference-instrumentation-openai')
    new OpenAIInstrumentation({ traceConfig: { hideInputs: true, hideOutputs: true } })
    return { sdk }
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
    return { sdk: { exporter, provider: traceProvider } }
  },
}

module.exports = { contestants }
