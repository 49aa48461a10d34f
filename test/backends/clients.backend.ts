import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type StandIn, startStandIn } from '../../examples/demo/src/stand-in/server.ts'
import { type ProcessorUnderTest, startProcessor } from '../support/processor.ts'
import { startCollector } from './support/collector.ts'
import { type JaegerSpan, type JaegerUnderTest, startJaeger, tagsOf } from './support/jaeger.ts'
import { havePrograms, runProgram, waitFor } from './support/programs.ts'
import { generateCalls, generatedCallCost } from './support/telemetrygen.ts'

const python = join(import.meta.dirname, 'python/llm_calls.py')

describe.skipIf(!havePrograms('jaeger'))("other languages' clients", () => {
  let jaeger: JaegerUnderTest
  let exporters: object[]
  let spanmeter: ProcessorUnderTest
  let standIn: StandIn
  beforeAll(async () => {
    jaeger = await startJaeger()
    exporters = [{ name: 'jaeger', endpoint: `http://${jaeger.grpc}`, protocol: 'grpc' }]
    spanmeter = await startProcessor({ exporters })
    standIn = await startStandIn()
  })
  afterAll(async () => {
    await standIn?.close()
    await spanmeter?.stop()
    await jaeger?.stop()
  })

  /** The counted calls of a service, once there are `count` of them in Jaeger. */
  async function ownCalls(service: string, count: number): Promise<JaegerSpan[]> {
    let calls: JaegerSpan[] = []
    await waitFor(async () => {
      calls = (await jaeger.findSpans(service, {})).filter(
        (span) => tagsOf(span)['spanmeter.cost.role'] === 'own',
      )
      return calls.length >= count
    })
    return calls
  }

  describe.skipIf(!havePrograms('telemetrygen'))('telemetrygen', () => {
    it.each(['grpc', 'http'] as const)('by %s: each call is priced, once', async (transport) => {
      const service = `telemetrygen-${transport}`
      const http = transport === 'http'
      const endpoint = new URL(http ? spanmeter.http : spanmeter.grpc).host
      await generateCalls({ service, count: 5, endpoint, http })
      const calls = await ownCalls(service, 5)
      expect(calls.map((span) => tagsOf(span)['spanmeter.cost.amount'])).toEqual(
        Array(5).fill(generatedCallCost),
      )
    })
  })

  describe.skipIf(!havePrograms('python'))('Python, OpenTelemetry SDK and OpenLLMetry', () => {
    it.each(['grpc', 'http/protobuf'])(
      'by %s: calls are priced under the span that has the feature',
      async (protocol) => {
        const service = `python-${protocol}`
        const endpoint = protocol === 'grpc' ? spanmeter.grpc : spanmeter.http
        await runProgram('python', [python, protocol, endpoint, service, standIn.url])
        const calls = await ownCalls(service, 3)
        expect(
          calls
            .map(tagsOf)
            .map((tags) => [
              tags['gen_ai.response.model'],
              tags['spanmeter.cost.source'],
              typeof tags['spanmeter.cost.amount'],
            ]),
        ).toEqual(Array(3).fill(['gpt-4.1', 'list', 'number']))
        const above = await jaeger.findSpans(service, { 'business.feature': 'python-bot' })
        expect(above.filter((span) => span.operationName === 'answer')).toHaveLength(3)
      },
    )
  })

  describe.skipIf(!havePrograms('otelcol', 'telemetrygen'))('the Collector', () => {
    it('by JSON: calls are priced, and an integer beyond 2^53 stays what it was', async () => {
      const json = 'yaml:exporters::otlp_http::encoding: json'
      const collector = await startCollector('agent.yaml', { SPANMETER_ENDPOINT: spanmeter.http }, [json])
      onTestFinished(() => collector.stop())
      const service = 'collector-json'
      await generateCalls({ service, count: 3, endpoint: collector.grpc }, { large: '9007199254740993' })
      const calls = await ownCalls(service, 3)
      expect(calls.map((span) => tagsOf(span)['spanmeter.cost.amount'])).toEqual(
        Array(3).fill(generatedCallCost),
      )
      expect(await jaeger.searchText(service)).toContain(
        '"key":"large","type":"int64","value":"9007199254740993"',
      )
    })
  })

  describe.skipIf(!havePrograms('otelcol', 'telemetrygen'))(
    'two processors behind a load-balancing Collector',
    () => {
      it('each see whole traces: no call is counted twice, and every wrapper is known as one', async () => {
        const processors = [await startProcessor({ exporters }), await startProcessor({ exporters })]
        const [first, second] = processors as [ProcessorUnderTest, ProcessorUnderTest]
        onTestFinished(async () => {
          await first.stop()
          await second.stop()
        })
        const collector = await startCollector('scale-out.yaml', {
          SPANMETER_1: new URL(first.grpc).host,
          SPANMETER_2: new URL(second.grpc).host,
        })
        onTestFinished(() => collector.stop())
        await generateCalls({ service: 'scaled', count: 40, endpoint: collector.grpc })
        await ownCalls('scaled', 40)
        const counted = (): Promise<number[]> => Promise.all(processors.map(callsInLedger))
        await waitFor(async () => (await counted()).reduce((sum, calls) => sum + calls) >= 40)
        const [inFirst, inSecond] = (await counted()) as [number, number]
        expect(inFirst + inSecond).toBe(40)
        expect(Math.min(inFirst, inSecond)).toBeGreaterThan(0)
      })
    },
  )
})

async function callsInLedger({ web }: ProcessorUnderTest): Promise<number> {
  const spend = (await (await fetch(`${web}/api/v1/views/spend`)).json()) as { totals: { calls: number } }
  return spend.totals.calls
}
