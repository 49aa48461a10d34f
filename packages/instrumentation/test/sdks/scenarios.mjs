// Everything that apps do with the SDKs of OpenAI and Anthropic, beside the HTTP instrumentations of OpenTelemetry: it works
// as without either, each call gives its one span, and the HTTP spans are its children.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { createClients, moduleSystems, scenarios } from '../support/app-scenarios.ts'
import { summary } from '../support/span-summary.ts'
import { startStandIn } from '../support/stand-in.ts'

const require = createRequire(import.meta.url)
const { trace, context } = require('@opentelemetry/api')
const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks')
const { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } = require('@opentelemetry/sdk-trace')
const { registerInstrumentations } = require('@opentelemetry/instrumentation')
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http')
const { UndiciInstrumentation } = require('@opentelemetry/instrumentation-undici')
const { GenAiInstrumentation } = require('../../dist/index.cjs')

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const comparable = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)))
const standIn = await startStandIn()

const untouched = new Map()
const clients = await createClients(standIn.url)
for (const scenario of scenarios) untouched.set(scenario, comparable(await scenario.run(clients)))

const exporter = new InMemorySpanExporter()
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }))
registerInstrumentations({ instrumentations: [new HttpInstrumentation(), new UndiciInstrumentation()] })
new GenAiInstrumentation()
const metering = globalThis[Symbol.for('@spanmeter/instrumentation/running')]

const isCall = ({ attributes }) => attributes['gen_ai.operation.name'] !== undefined
const finishedCalls = () => exporter.getFinishedSpans().filter(isCall)
let failed = 0
for (const [system, load] of Object.entries(moduleSystems)) {
  const metered = await createClients(standIn.url, load)
  for (const scenario of scenarios) {
    exporter.reset()
    let problem
    try {
      assert.deepEqual(comparable(await scenario.run(metered)), untouched.get(scenario))
      await pause(60)
      if (scenario.spans.some(({ error }) => error !== undefined)) metering.endOpenCalls()
      const deadline = Date.now() + 10_000
      while (finishedCalls().length < scenario.spans.length && Date.now() < deadline) await pause(1)
      const spans = exporter.getFinishedSpans()
      const calls = finishedCalls()
      assert.deepEqual(calls.map(summary), scenario.spans)
      const ids = calls.map((call) => call.spanContext().spanId)
      const strays = spans.filter((span) => !isCall(span) && !ids.includes(span.parentSpanContext?.spanId))
      if (calls.length > 0)
        assert.deepEqual(
          strays.map(({ name }) => name),
          [],
        )
    } catch (error) {
      problem = String(error)
      failed++
    }
    console.log(`${problem === undefined ? 'ok    ' : 'FAILED'} ${system.padEnd(10)} ${scenario.name}`)
    if (problem !== undefined) console.log(problem)
  }
}
console.log(`${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
