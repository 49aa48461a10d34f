import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type StandIn, startStandIn } from '../../examples/demo/src/stand-in/server.ts'
import { startCollector } from './support/collector.ts'
import { type JaegerSpan, type JaegerUnderTest, startJaeger, tagsOf } from './support/jaeger.ts'
import { havePrograms, runProgram, waitFor } from './support/programs.ts'
import { type SpanmeterUnderTest, startSpanmeter } from './support/spanmeter.ts'

const python = join(import.meta.dirname, 'python/llm_calls.py')

describe.skipIf(!havePrograms('jaeger'))("other languages' clients", () => {
  let jaeger: JaegerUnderTest
  let spanmeter: SpanmeterUnderTest
  let standIn: StandIn
  beforeAll(async () => {
    jaeger = await startJaeger()
    spanmeter = await startSpanmeter({
      exporters: [{ name: 'jaeger', endpoint: `http://${jaeger.grpc}`, protocol: 'grpc' }],
    })
    standIn = await startStandIn()
  })
  afterAll(async () => {
    await standIn?.close()
    await spanmeter?.stop()
    await jaeger?.stop()
  })

  /** Priced calls of a service, once there are `count` of them in Jaeger. */
  async function pricedCalls(service: string, count: number): Promise<JaegerSpan[]> {
    let calls: JaegerSpan[] = []
    await waitFor(async () => {
      calls = (await jaeger.findSpans(service, {})).filter((span) => 'spanmeter.cost.amount' in tagsOf(span))
      return calls.length >= count
    })
    return calls
  }

  describe.skipIf(!havePrograms('telemetrygen'))('telemetrygen', () => {
    const generate = (service: string, endpoint: string, ...flags: string[]): Promise<string> =>
      runProgram('telemetrygen', [
        ...[
          'traces',
          '--otlp-insecure',
          '--otlp-endpoint',
          endpoint,
          '--service',
          service,
          '--traces',
          '5',
          ...flags,
        ],
        ...['--telemetry-attributes', 'gen_ai.operation.name="chat"'],
        ...['--telemetry-attributes', 'gen_ai.provider.name="openai"'],
        ...['--telemetry-attributes', 'gen_ai.request.model="gpt-4.1"'],
        ...['--telemetry-attributes', 'gen_ai.usage.input_tokens=1000'],
        ...['--telemetry-attributes', 'gen_ai.usage.output_tokens=100'],
        ...['--telemetry-attributes', 'business.feature="generated"'],
      ])

    it.each(['grpc', 'http'] as const)('by %s: each call is priced, once', async (transport) => {
      const service = `telemetrygen-${transport}`
      if (transport === 'grpc') await generate(service, spanmeter.grpc)
      else await generate(service, new URL(spanmeter.http).host, '--otlp-http')
      const calls = await pricedCalls(service, 5)
      const own = calls.filter((span) => tagsOf(span)['spanmeter.cost.role'] === 'own')
      // 1,000 input tokens at 2 USD and 100 output tokens at 8 USD a million.
      expect(own.map((span) => tagsOf(span)['spanmeter.cost.amount'])).toEqual(Array(5).fill(0.0028))
    })
  })

  describe.skipIf(!havePrograms('python'))('Python, OpenTelemetry SDK and OpenLLMetry', () => {
    it.each(['grpc', 'http/protobuf'])(
      'by %s: calls are priced under the span that has the feature',
      async (protocol) => {
        const service = `python-${protocol}`
        const endpoint = protocol === 'grpc' ? spanmeter.grpc : spanmeter.http
        await runProgram('python', [python, protocol, endpoint, service, standIn.url])
        const calls = await pricedCalls(service, 3)
        expect(
          calls.map((span) => {
            const tags = tagsOf(span)
            return [
              tags['gen_ai.response.model'],
              tags['spanmeter.cost.source'],
              tags['spanmeter.cost.role'],
              typeof tags['spanmeter.cost.amount'],
            ]
          }),
        ).toEqual(Array(3).fill(['gpt-4.1', 'list', 'own', 'number']))
        const withFeature = await jaeger.findSpans(service, { 'business.feature': 'python-bot' })
        expect(withFeature.filter((span) => span.operationName === 'answer')).toHaveLength(3)
      },
    )
  })

  describe.skipIf(!havePrograms('otelcol', 'telemetrygen'))('the Collector', () => {
    it('by JSON: what it sends as OTLP/JSON is priced and arrives', async () => {
      const json = 'yaml:exporters::otlp_http::encoding: json'
      const collector = await startCollector('agent.yaml', { SPANMETER_ENDPOINT: spanmeter.http }, [json])
      await runProgram('telemetrygen', [
        ...[
          'traces',
          '--otlp-insecure',
          '--otlp-endpoint',
          collector.grpc,
          '--service',
          'collector-json',
          '--traces',
          '3',
        ],
        ...['--telemetry-attributes', 'gen_ai.operation.name="chat"'],
        ...['--telemetry-attributes', 'gen_ai.provider.name="openai"'],
        ...['--telemetry-attributes', 'gen_ai.request.model="gpt-4.1"'],
        ...['--telemetry-attributes', 'gen_ai.usage.input_tokens=9007199254740993'],
      ])
      const calls = await pricedCalls('collector-json', 3)
      await collector.stop()
      const [own] = calls.filter((span) => tagsOf(span)['spanmeter.cost.role'] === 'own')
      // Not a number that a double can hold: it came through as an integer.
      expect(own!.tags.find(({ key }) => key === 'gen_ai.usage.input_tokens')?.type).toBe('int64')
    })
  })

  describe.skipIf(!havePrograms('otelcol', 'telemetrygen'))('scale-out', () => {
    it('brings all spans of a trace to the same one of two processors', async () => {
      const exporters = [{ name: 'jaeger', endpoint: `http://${jaeger.grpc}`, protocol: 'grpc' }]
      const processors = [await startSpanmeter({ exporters }), await startSpanmeter({ exporters })]
      const collector = await startCollector('scale-out.yaml', {
        SPANMETER_1: processors[0]!.grpc,
        SPANMETER_2: processors[1]!.grpc,
      })
      await runProgram('telemetrygen', [
        ...[
          'traces',
          '--otlp-insecure',
          '--otlp-endpoint',
          collector.grpc,
          '--service',
          'scaled',
          '--traces',
          '40',
        ],
        ...['--telemetry-attributes', 'gen_ai.operation.name="chat"'],
        ...['--telemetry-attributes', 'gen_ai.provider.name="openai"'],
        ...['--telemetry-attributes', 'gen_ai.request.model="gpt-4.1"'],
        ...['--telemetry-attributes', 'gen_ai.usage.input_tokens=1000'],
      ])
      await waitFor(async () => (await jaeger.findSpans('scaled', {})).length === 80)
      const counted = await Promise.all(
        processors.map(async ({ web }) => {
          const text = await (await fetch(`${web}/metrics`)).text()
          return [...text.matchAll(/^spanmeter_calls_total\{.*outcome="ok"\} (\d+)$/gm)].length
        }),
      )
      await collector.stop()
      for (const processor of processors) await processor.stop()
      expect(counted.every((series) => series > 0)).toBe(true)
    })
  })
})
