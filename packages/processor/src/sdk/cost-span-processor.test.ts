import { context, trace } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { describe, expect, test } from 'vitest'
import { CostSpanProcessor, type CostSpanProcessorOptions } from './index.ts'

const call = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4.1',
  'gen_ai.usage.input_tokens': 1000,
  'gen_ai.usage.output_tokens': 500,
}

function tracing(options: CostSpanProcessorOptions, order: 'first' | 'last') {
  const exporter = new InMemorySpanExporter()
  const cost = new CostSpanProcessor(options)
  const exporting = new SimpleSpanProcessor({ exporter })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'svc' }),
    spanProcessors: order === 'first' ? [cost, exporting] : [exporting, cost],
  })
  return { exporter, provider, tracer: provider.getTracer('test') }
}

describe('CostSpanProcessor', () => {
  test.each(['first', 'last'] as const)(
    'prices spans of a real SDK before they are exported, standing %s',
    async (order) => {
      const rules = [{ when: { 'service.name': 'svc' }, set: { team: 'search' } }]
      const { exporter, provider, tracer } = tracing({ attribution: { rules } }, order)
      const parent = tracer.startSpan('POST /')
      tracer.startSpan('chat gpt-4.1', { attributes: call }, trace.setSpan(context.active(), parent)).end()
      parent.end()
      await provider.forceFlush()
      const [child, root] = exporter.getFinishedSpans()
      expect(child!.attributes).toEqual({
        ...call,
        'business.team': 'search',
        'spanmeter.cost.role': 'own',
        'spanmeter.cost.amount': 0.006,
        'spanmeter.cost.currency': 'USD',
        'spanmeter.cost.input': 0.002,
        'spanmeter.cost.output': 0.004,
        'spanmeter.cost.source': 'list',
        'spanmeter.cost.price': 'openai/gpt-4.1@2025-04-14',
        'gen_ai.usage.cost': 0.006,
      })
      expect(root!.attributes).toEqual({ 'spanmeter.cost.inclusive': 0.006 })
    },
  )

  test('prices what further models used that worked for a call', () => {
    const { exporter, tracer } = tracing({}, 'first')
    const models = [
      { model: 'llama-3.3-70b-versatile', included: true, input_tokens: 300, output_tokens: 10 },
      { model: 'openai/gpt-oss-120b', included: true, input_tokens: 200, output_tokens: 100 },
    ]
    const attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'groq',
      'gen_ai.request.model': 'groq/compound',
      'gen_ai.usage.input_tokens': 500,
      'gen_ai.usage.output_tokens': 110,
      'spanmeter.usage.tool.web_search.requests': 1,
      'spanmeter.usage.further_models': JSON.stringify(models),
    }
    tracer.startSpan('chat groq/compound', { attributes }).end()
    expect(exporter.getFinishedSpans()[0]!.attributes).toEqual({
      ...attributes,
      'spanmeter.cost.role': 'own',
      'spanmeter.cost.amount': 0.0052749,
      'spanmeter.cost.currency': 'USD',
      'spanmeter.cost.input': 0.000207,
      'spanmeter.cost.output': 0.0000679,
      'spanmeter.cost.tools': 0.005,
      'spanmeter.cost.source': 'list',
      'spanmeter.cost.price': 'groq/llama-3.3-70b-versatile@2024-12-06 + groq/openai/gpt-oss-120b@2026-07-02',
      'gen_ai.usage.cost': 0.0052749,
    })
  })

  test('leaves spans alone that only come from the same scope as calls', () => {
    const { exporter, provider } = tracing({}, 'first')
    const attributes = { 'db.system.name': 'chroma' }
    provider.getTracer('openlit.otel.tracing').startSpan('query', { attributes }).end()
    expect(exporter.getFinishedSpans()[0]!.attributes).toEqual(attributes)
  })

  test('replaces what says what the call cost', () => {
    const { exporter, tracer } = tracing({}, 'first')
    const attributes = { ...call, 'gen_ai.request.model': 'nobody-knows-it' }
    tracer.startSpan('chat', { attributes: { ...attributes, 'spanmeter.cost.amount': 4.5 } }).end()
    expect(exporter.getFinishedSpans()[0]!.attributes).toEqual({
      ...attributes,
      'spanmeter.cost.role': 'own',
      'spanmeter.cost.unpriced': 'unknown_model',
    })
  })

  test('works with an SDK that has no onEnding', () => {
    const attributes: Record<string, unknown> = { ...call }
    new CostSpanProcessor().onEnd({
      name: 'chat',
      spanContext: () => ({ traceId: '01'.repeat(16), spanId: '02'.repeat(8) }),
      startTime: [1_780_000_000, 0],
      endTime: [1_780_000_001, 0],
      status: { code: 0 },
      attributes,
      events: [],
      resource: { attributes: {} },
      instrumentationScope: { name: 'test' },
    })
    expect(attributes['spanmeter.cost.amount']).toBe(0.006)
  })
})
