// An app that sets up OpenTelemetry itself, after the preloads have run.
const { context, trace } = require('@opentelemetry/api')
const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks')
const { SimpleSpanProcessor, TracerProvider } = require('@opentelemetry/sdk-trace')

const exporter = {
  export(spans, done) {
    for (const { name, attributes } of spans)
      process.stdout.write(`own SDK: ${name} ${attributes['gen_ai.usage.input_tokens']}\n`)
    done({ code: 0 })
  },
  shutdown: async () => {},
}

// Instrumentations are registered first, and get their tracers before there is a provider.
const early = trace.getTracerProvider().getTracer('instrumentation')
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
trace.setGlobalTracerProvider(provider)
process.on('beforeExit', () => provider.shutdown())
trace.getTracer('app').startSpan('of the app').end()
early.startSpan('of an instrumentation').end()
early.startActiveSpan('of an instrumentation, active', (span) => span.end())
require('./app.cjs')
