// Beside the HTTP instrumentations of OpenTelemetry: one span a call, the HTTP spans its children.
import { createRequire } from 'node:module'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { startProvider } from './provider.mjs'

const require = createRequire(import.meta.url)
const { trace, context, propagation } = require('@opentelemetry/api')
const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks')
const { W3CBaggagePropagator } = require('@opentelemetry/core')
const { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } = require('@opentelemetry/sdk-trace')
const { registerInstrumentations } = require('@opentelemetry/instrumentation')
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http')
const { UndiciInstrumentation } = require('@opentelemetry/instrumentation-undici')
const { GenAiInstrumentation } = require('../../dist/index.cjs')

const exporter = new InMemorySpanExporter()
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
propagation.setGlobalPropagator(new W3CBaggagePropagator())
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }))
registerInstrumentations({ instrumentations: [new HttpInstrumentation(), new UndiciInstrumentation()] })
new GenAiInstrumentation()
const { url } = await startProvider()
const http = require('node:http')
const body = JSON.stringify({ model: 'm', messages: [] })

const calls = {
  fetch: () =>
    fetch(`${url}/v1/chat/completions`, { method: 'POST', body }).then((response) => response.text()),
  'node:http': () =>
    new Promise((resolve) => {
      const request = http.request(`${url}/v1/chat/completions`, { method: 'POST' }, (response) =>
        response.resume().on('end', resolve),
      )
      request.end(body)
    }),
}

let failed = 0
for (const [name, call] of Object.entries(calls)) {
  for (const parented of [false, true]) {
    exporter.reset()
    const parent = parented ? trace.getTracer('app').startSpan('app') : undefined
    await (parent === undefined ? call() : context.with(trace.setSpan(context.active(), parent), call))
    parent?.end()
    const deadline = Date.now() + 10_000
    while (exporter.getFinishedSpans().length < (parented ? 3 : 2) && Date.now() < deadline)
      await setImmediate()
    await setTimeout(50)
    const spans = exporter.getFinishedSpans()
    const own = spans.filter(({ attributes }) => attributes['gen_ai.operation.name'] !== undefined)
    const client = spans.filter(
      ({ kind, attributes }) => kind === 2 && attributes['gen_ai.operation.name'] === undefined,
    )
    const told = {
      own: own.length,
      http: client.map(({ parentSpanContext }) => parentSpanContext?.spanId === own[0]?.spanContext().spanId),
      parent: own[0]?.parentSpanContext?.spanId === parent?.spanContext().spanId,
    }
    const good = told.own === 1 && told.http.join() === 'true' && told.parent
    if (!good) failed++
    console.log(
      `${good ? 'ok    ' : 'FAILED'} ${name}, ${parented ? 'inside a span' : 'at the root'} ${good ? '' : JSON.stringify(told)}`,
    )
  }
}
process.exit(failed === 0 ? 0 : 1)
