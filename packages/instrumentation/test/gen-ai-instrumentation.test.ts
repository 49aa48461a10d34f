import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Meter, metrics } from '@opentelemetry/api'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { request as undiciRequest } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePorts } from '../../../test/support/free-ports.ts'
import { BusinessContextSpanProcessor } from '../src/business/business-context-span-processor.ts'
import { GenAiInstrumentation, type GenAiInstrumentationConfig } from '../src/gen-ai-instrumentation.ts'
import { startMetering } from '../src/start-metering.ts'
import { INSTRUMENTATION_NAME, INSTRUMENTATION_VERSION } from '../src/version.ts'
import { type StandIn, startStandIn } from './support/stand-in.ts'

let standIn: StandIn
beforeAll(async () => {
  standIn = await startStandIn()
})
afterAll(() => standIn.close())

async function call(): Promise<void> {
  const body = JSON.stringify({ model: 'gpt-4.1', messages: [] })
  await (await fetch(`${standIn.url}/v1/chat/completions`, { method: 'POST', body })).text()
}

async function undiciCall(): Promise<void> {
  const body = JSON.stringify({ model: 'gpt-4.1', messages: [] })
  await (await undiciRequest(`${standIn.url}/v1/chat/completions`, { method: 'POST', body })).body.text()
}

interface Registered {
  readonly instrumentation: GenAiInstrumentation
  readonly exporter: InMemorySpanExporter
}

/** An instrumentation in the set-up of an app. */
function register(
  config: GenAiInstrumentationConfig,
  providers: { loggerProvider?: LoggerProvider } = {},
): Registered {
  const exporter = new InMemorySpanExporter()
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
  const instrumentation = new GenAiInstrumentation(config)
  registerInstrumentations({ instrumentations: [instrumentation], tracerProvider, ...providers })
  return { instrumentation, exporter }
}

/** The API's own meter, of another copy of it. */
class NoopMeter {}

class PulledReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

describe('GenAiInstrumentation', () => {
  test('reports to the provider it is registered with, and to nobody once it is disabled', async () => {
    const original = globalThis.fetch
    const { instrumentation, exporter } = register({ hosts: { '127.0.0.1': 'my-gateway' } })
    await call()
    instrumentation.disable()
    await call()
    const spans = exporter.getFinishedSpans()
    expect(spans.map(({ attributes }) => attributes['gen_ai.provider.name'])).toEqual(['my-gateway'])
    expect(spans[0]?.instrumentationScope).toMatchObject({
      name: INSTRUMENTATION_NAME,
      version: INSTRUMENTATION_VERSION,
    })
    expect(globalThis.fetch).toBe(original)
  })

  test('gives a call of fetch one span where the app has registered no context manager', async () => {
    const { instrumentation, exporter } = register({})
    await call()
    instrumentation.disable()
    expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['chat gpt-4.1'])
  })

  test('that is disabled at first is enabled where it is registered', async () => {
    const { instrumentation, exporter } = register({ enabled: false })
    await call()
    instrumentation.disable()
    expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['chat gpt-4.1'])
  })

  test('measures for a meter provider that the app registers after it', async () => {
    const { instrumentation } = register({})
    instrumentation.setMeterProvider({ getMeter: () => new NoopMeter() as Meter })
    const reader = new PulledReader()
    metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))
    await call()
    instrumentation.disable()
    metrics.disable()
    const { resourceMetrics } = await reader.collect()
    const names = resourceMetrics.scopeMetrics[0]?.metrics.map(({ descriptor }) => descriptor.name)
    expect(names).toEqual(['gen_ai.client.operation.duration', 'gen_ai.client.token.usage'])
  })

  test('gives its events to the logger provider it is registered with', async () => {
    const exporter = new InMemoryLogRecordExporter()
    const loggerProvider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] })
    const { instrumentation } = register({ captureMessageContent: 'EVENT_ONLY' }, { loggerProvider })
    await call()
    instrumentation.disable()
    const [event] = exporter.getFinishedLogRecords()
    expect(event?.eventName).toBe('gen_ai.client.inference.operation.details')
  })

  test('takes the place of what meters already, such as register: one span a call', async () => {
    const earlier = startMetering({ hosts: { '127.0.0.1': 'by-the-flag' } })
    const { instrumentation, exporter } = register({ hosts: { '127.0.0.1': 'by-the-app' } })
    await call()
    await undiciCall()
    instrumentation.disable()
    earlier.stop()
    expect(exporter.getFinishedSpans().map(({ attributes }) => attributes['gen_ai.provider.name'])).toEqual([
      'by-the-app',
      'by-the-app',
    ])
  })

  test.each<[string, (provider: TracerProvider, instrumentation: GenAiInstrumentation) => unknown]>([
    ['the SDK is shut down', (provider) => provider.shutdown()],
    ['it is disabled', (_, instrumentation) => instrumentation.disable()],
  ])('tells of a call that failed when %s, though its client might have tried again', async (_, end) => {
    const told: string[] = []
    const exporter = new InMemorySpanExporter()
    exporter.export = (spans, done) => {
      told.push(...spans.map(({ name, attributes }) => `${name}: ${attributes['error.type']}`))
      done({ code: 0 })
    }
    const spanProcessors = [new BusinessContextSpanProcessor(), new SimpleSpanProcessor({ exporter })]
    const tracerProvider = new TracerProvider({ spanProcessors })
    const instrumentation = new GenAiInstrumentation()
    registerInstrumentations({ instrumentations: [instrumentation], tracerProvider })
    const [port] = await freePorts(1)
    const body = JSON.stringify({ model: 'gpt-4.1', messages: [] })
    await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, { method: 'POST', body }).catch(
      () => undefined,
    )
    await end(tracerProvider, instrumentation)
    instrumentation.disable()
    expect(told).toEqual(['chat gpt-4.1: ECONNREFUSED'])
  })

  test('says the name and version of its package', () => {
    const file = path.join(import.meta.dirname, '..', 'package.json')
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name: string; version: string }
    expect([INSTRUMENTATION_NAME, INSTRUMENTATION_VERSION]).toEqual([name, version])
  })
})
