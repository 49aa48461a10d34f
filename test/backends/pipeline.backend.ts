import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generatedFiles } from '../../collector-config/scripts/generated-files.ts'
import { type ProcessorUnderTest, startProcessor } from '../support/processor.ts'
import { type AlertmanagerUnderTest, startAlertmanager } from './support/alertmanager.ts'
import { type CollectorUnderTest, startCollector } from './support/collector.ts'
import { runDemoApplication } from './support/demo-application.ts'
import { type JaegerSpan, type JaegerUnderTest, startJaeger, tagsOf } from './support/jaeger.ts'
import { type LivePrometheus, startLivePrometheus } from './support/live-prometheus.ts'
import { havePrograms, type Running, waitFor } from './support/programs.ts'

const service = 'demo-application'
const faqCalls = 21

type Vector = { result: { metric: Record<string, string>; value: [number, string] }[] }

// application -> Collector (agent) -> spanmeter -> Collector (gateway) -> Jaeger; Prometheus beside it.
describe.skipIf(!havePrograms('otelcol', 'jaeger', 'prometheus', 'alertmanager'))(
  'the whole pipeline',
  () => {
    const started: Pick<Running, 'stop'>[] = []
    const keep = <Started extends Pick<Running, 'stop'>>(running: Started): Started => {
      started.push(running)
      return running
    }
    let jaeger: JaegerUnderTest
    let gateway: CollectorUnderTest
    let spanmeter: ProcessorUnderTest
    let alertmanager: AlertmanagerUnderTest
    let prometheus: LivePrometheus
    let faqSpans: JaegerSpan[]

    beforeAll(async () => {
      jaeger = keep(await startJaeger())
      gateway = keep(await startCollector('gateway.yaml', { JAEGER_ENDPOINT: jaeger.grpc }))
      spanmeter = keep(
        await startProcessor({
          exporters: [{ name: 'gateway', endpoint: gateway.http }],
          metrics: { export_interval: '1s' },
          budgets: [{ name: 'everything', limit: 1000, period: 'month' }],
        }),
      )
      const agent = keep(await startCollector('agent.yaml', { SPANMETER_ENDPOINT: spanmeter.http }))
      alertmanager = keep(await startAlertmanager())
      const targets = { spanmeter: spanmeter.web, gateway: gateway.prometheus }
      prometheus = keep(await startLivePrometheus(targets, alertmanager.address))
      await runDemoApplication(agent.http)
      await waitFor(async () => {
        faqSpans = (await jaeger.findSpans(service, { 'business.feature': 'faq-bot' })).filter((span) =>
          span.operationName.startsWith('chat '),
        )
        return faqSpans.length >= faqCalls
      })
    })
    afterAll(async () => {
      for (const running of started.reverse()) await running.stop()
    })

    const queryPrometheus = async (expression: string): Promise<[Record<string, string>, number][]> => {
      const { result } = await prometheus.api<Vector>(`query?${new URLSearchParams({ query: expression })}`)
      return result.map(({ metric, value }) => [metric, Number(value[1])])
    }

    it('puts every call of a feature where Jaeger finds it by tag', () => {
      expect(faqSpans).toHaveLength(faqCalls)
      expect(new Set(faqSpans.map((span) => tagsOf(span)['business.team']))).toEqual(new Set(['support']))
    })

    it('finds calls by model and by cost', async () => {
      const [first] = faqSpans
      const cost = tagsOf(first!)['spanmeter.cost.amount']
      const found = await jaeger.findSpans(service, {
        'gen_ai.response.model': 'gpt-4.1',
        'spanmeter.cost.amount': String(cost),
      })
      expect(found.map((span) => span.spanID)).toContain(first!.spanID)
    })

    it('keeps every attribute and its type, and adds the cost', () => {
      const cached = faqSpans.find((span) => Number(tagsOf(span)['gen_ai.usage.cache_read.input_tokens']) > 0)
      expect(tagsOf(cached!)).toEqual({
        'business.feature': 'faq-bot',
        'business.team': 'support',
        ...('business.tenant' in tagsOf(cached!) ? { 'business.tenant': expect.any(String) } : {}),
        ...('business.endpoint' in tagsOf(cached!) ? { 'business.endpoint': expect.any(String) } : {}),
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.max_tokens': 400,
        'gen_ai.request.model': 'gpt-4.1',
        'gen_ai.request.stream': true,
        'gen_ai.response.finish_reasons': '["stop"]',
        'gen_ai.response.id': expect.stringMatching(/^chatcmpl-\d{6}$/),
        'gen_ai.response.model': 'gpt-4.1',
        'gen_ai.response.time_to_first_chunk': expect.any(Number),
        'gen_ai.usage.audio.input_tokens': 0,
        'gen_ai.usage.audio.output_tokens': 0,
        'gen_ai.usage.cache_read.input_tokens': 6400,
        'gen_ai.usage.cost': expect.any(Number),
        'gen_ai.usage.input_tokens': expect.any(Number),
        'gen_ai.usage.output_tokens': 240,
        'gen_ai.usage.reasoning.output_tokens': 0,
        'openai.api.type': 'chat_completions',
        'openai.response.service_tier': 'default',
        'otel.scope.name': '@spanmeter/instrumentation',
        'otel.scope.version': '0.1.0',
        'server.address': '127.0.0.1',
        'server.port': expect.any(Number),
        'span.kind': 'client',
        'spanmeter.cost.amount': tagsOf(cached!)['gen_ai.usage.cost'],
        'spanmeter.cost.cache_read': 0.0032,
        'spanmeter.cost.cache_savings': 0.0096,
        'spanmeter.cost.currency': 'USD',
        'spanmeter.cost.input': expect.any(Number),
        'spanmeter.cost.output': 0.00192,
        'spanmeter.cost.price': 'openai/gpt-4.1@2025-04-14',
        'spanmeter.cost.role': 'own',
        'spanmeter.cost.source': 'list',
        'spanmeter.request.attempts': 1,
        'spanmeter.response.service_tier': 'default',
        'spanmeter.usage.cached_input': 'included',
      })
    })

    it('is scraped: the same calls, and the same cost to the micro-dollar, as in the traces', async () => {
      const inTraces = faqSpans.reduce((sum, span) => sum + Number(tagsOf(span)['spanmeter.cost.amount']), 0)
      const scraped = 'job="spanmeter",feature="faq-bot"'
      await waitFor(
        async () => (await queryPrometheus(`sum(spanmeter_calls_total{${scraped}})`))[0]?.[1] === faqCalls,
      )
      const [[, cost]] = (await queryPrometheus(`sum(spanmeter_cost_USD_total{${scraped}})`)) as [
        [unknown, number],
      ]
      expect(cost).toBeCloseTo(inTraces, 6)
    })

    it('shows increase() the first call of a series', async () => {
      const [[, increase]] = (await queryPrometheus(
        'sum(max_over_time(spanmeter_calls_total{job="spanmeter",feature="faq-bot"}[5m]) - min_over_time(spanmeter_calls_total{job="spanmeter",feature="faq-bot"}[5m]))',
      )) as [[unknown, number]]
      expect(increase).toBe(faqCalls)
    })

    it('gives exemplars that lead to traces in Jaeger', async () => {
      const now = Date.now() / 1000
      const parameters = new URLSearchParams({
        query: 'spanmeter_call_cost_USD_bucket{feature="faq-bot"}',
        start: String(now - 300),
        end: String(now),
      })
      const series = await prometheus.api<{ exemplars: { labels: { trace_id: string } }[] }[]>(
        `query_exemplars?${parameters}`,
      )
      const traceIds = series.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels.trace_id))
      expect(traceIds.length).toBeGreaterThan(0)
      expect(faqSpans.map((span) => span.traceID)).toEqual(expect.arrayContaining(traceIds))
    })

    it('sends the same metrics by OTLP: what the gateway exposes has the same names, labels and values', async () => {
      const totals = async (job: string): Promise<Record<string, string>> => {
        const samples = await queryPrometheus(
          `sum by (__name__, team, provider, model) ({job="${job}",feature="faq-bot",__name__=~"spanmeter_(calls|tokens|cost_USD)_total"})`,
        )
        return Object.fromEntries(
          samples.map(([metric, value]) => [
            JSON.stringify(metric, Object.keys(metric).sort()),
            value.toPrecision(9),
          ]),
        )
      }
      let received = {}
      await waitFor(async () => {
        received = await totals('gateway')
        return JSON.stringify(received).includes(`"${faqCalls.toPrecision(9)}"`)
      })
      expect(received).toEqual(await totals('spanmeter'))
      expect(Object.keys(received)).toHaveLength(3)
    })

    it('has its budget in the metrics, as the ledger has it', async () => {
      await waitFor(
        async () => (await queryPrometheus('spanmeter_budget_limit_USD{job="spanmeter"}'))[0]?.[1] === 1000,
      )
    })

    it('has every rule evaluated without an error', async () => {
      type Rules = { groups: { rules: { name: string; health: string; lastError?: string }[] }[] }
      let rules: Rules['groups'][number]['rules'] = []
      await waitFor(async () => {
        rules = (await prometheus.api<Rules>('rules')).groups.flatMap((group) => group.rules)
        return rules.length > 0 && rules.every((rule) => rule.health !== 'unknown')
      })
      expect(rules.filter((rule) => rule.health !== 'ok')).toEqual([])
      expect(rules).toHaveLength(30)
    })
    it('exposes every metric that a rule or a dashboard asks for', async () => {
      const text = [...generatedFiles()]
        .map(([path, content]) => (path.endsWith('.md') ? '' : content))
        .join('')
      const asked = new Set(text.match(/\b(?:spanmeter|otelcol)_[a-zA-Z_]+(?=[{[ /)])/g))
      const exposed = await prometheus.api<string[]>('label/__name__/values')
      expect([...asked].filter((name) => !exposed.includes(name))).toEqual([])
    })

    it("brings the alert on the demo's unknown model to Alertmanager", async () => {
      let alerts: Awaited<ReturnType<AlertmanagerUnderTest['alerts']>> = []
      await waitFor(async () => {
        alerts = await alertmanager.alerts('SpanmeterUnpricedCalls')
        return alerts.length > 0
      })
      expect(alerts[0]?.labels).toMatchObject({
        severity: 'ticket',
        provider: 'openai',
        reason: expect.any(String),
      })
      expect(alerts[0]?.annotations.summary).toMatch(/calls to \S+ at openai have no price/)
    })
  },
)
