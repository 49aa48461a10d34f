import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { type Ledger, type LedgerSpan, openLedger } from '@spanmeter/ledger'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { listenLocally } from '../../../../test/support/listen-locally.ts'
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts'
import { readBudgets } from '../budgets/index.ts'
import { evaluateRules } from './evaluate-rules.ts'
import { startSpendWatch } from './spend-watch.ts'

const now = new Date('2026-10-20T12:00:00Z')
const minute = 60_000
const day = 24 * 60 * minute
const directory = temporaryDirectory(afterAll)
let ledger: Ledger
let sequence = 0

/** `count` calls, evenly over the `minutes` before `end`. */
function calls(
  count: number,
  minutes: number,
  end: number,
  fields: Partial<LedgerSpan> & { amount?: string },
): LedgerSpan[] {
  const { amount = '0.001', ...more } = fields
  return Array.from({ length: count }, (_, index) => {
    sequence++
    const startUnixNano = BigInt(Math.round(end - ((index + 0.5) * minutes * minute) / count)) * 1_000_000n
    return {
      traceId: sequence.toString(16).padStart(32, '0'),
      spanId: sequence.toString(16).padStart(16, '0'),
      name: 'chat',
      startUnixNano,
      endUnixNano: startUnixNano + 1_000_000_000n,
      status: 'unset',
      role: 'own',
      environment: 'production',
      provider: 'openai',
      responseModel: 'small',
      usage: { inputTokens: 1000, cacheReadTokens: 0, outputTokens: 100 },
      cost: { amount, components: { output: amount }, source: 'list', price: 'openai/small@2026-01-01' },
      business: {},
      ...more,
    }
  })
}

beforeAll(async () => {
  ledger = await openLedger({ path: join(directory, 'ledger.duckdb') })
  const at = now.getTime()
  const steady = (feature: string) => ({ business: { feature, tenant: `${feature}-customer` } })
  const usage = (inputTokens: number, cacheReadTokens: number, outputTokens: number) => ({
    usage: { inputTokens, cacheReadTokens, outputTokens },
  })
  await ledger.append([
    // Spends 8 USD in the last hour, 2 in the same hour last week; by two tenants, one of which runs away.
    ...calls(10, 60, at - 7 * day, { ...steady('spiking'), amount: '0.2' }),
    ...calls(48, 23 * 60, at - 60 * minute, {
      business: { feature: 'spiking', tenant: 'acme' },
      amount: '0.1',
    }),
    ...calls(20, 60, at, { business: { feature: 'spiking', tenant: 'acme' }, amount: '0.35' }),
    ...calls(10, 60, at, { business: { feature: 'spiking', tenant: 'globex' }, amount: '0.1' }),
    ...calls(10, 60, at, { ...steady('new'), amount: '0.6' }),
    ...calls(10, 60, at, { ...steady('test'), amount: '2', environment: 'staging' }),
    ...calls(100, 30, at - day, steady('growing')),
    ...calls(100, 30, at, { ...steady('growing'), ...usage(2000, 0, 100) }),
    ...calls(100, 30, at - day, steady('terse')),
    ...calls(100, 30, at, { ...steady('terse'), ...usage(1000, 0, 10) }),
    ...calls(100, 30, at - day, { ...steady('uncached'), ...usage(1000, 800, 100) }),
    ...calls(100, 30, at, { ...steady('uncached'), ...usage(1000, 100, 100) }),
    ...calls(100, 10, at, { ...steady('retrying'), attempts: 2 }),
    ...calls(100, 60, at - day, steady('drifting')),
    ...calls(60, 60, at, steady('drifting')),
    ...calls(40, 60, at, { ...steady('drifting'), responseModel: 'large' }),
    ...calls(10, 60, at, { business: {}, amount: '1' }),
    ...calls(3, 20, at, { ...steady('unpriced') }).map(({ cost: _, ...call }) => ({
      ...call,
      unpriced: 'unknown_model',
    })),
  ])
})

afterAll(async () => {
  await ledger.close()
})

describe('evaluateRules', () => {
  it('finds over the ledger what the Prometheus rules find over the metrics, and nothing else', async () => {
    const budgets = await readBudgets(
      ledger,
      [
        { name: 'tight', limit: 30, period: 'day' },
        { name: 'ample', limit: 100_000, period: 'month' },
      ],
      now,
    )
    const findings = await evaluateRules(ledger, budgets, now)
    expect(
      findings
        .map(({ rule, labels, value }) => [
          rule.name.replace('Spanmeter', ''),
          Object.values(labels).join(' '),
          Number(value.toPrecision(4)),
        ])
        .sort(),
    ).toEqual(
      [
        ['BudgetBurnFast', 'tight', 35.6],
        ['BudgetBurnMedium', 'tight', 6.067],
        ['BudgetExceeded', 'tight', 1.56],
        ['BudgetProjectedExhaustion', 'tight', 2.39],
        ['BudgetThreshold', 'tight', 1.56],
        ['CacheHitDrop', 'production uncached small', 0.1],
        ['ModelDrift', 'production drifting large', 0.4],
        ['ModelDrift', 'production drifting small', 0.6],
        ['NewSpender', 'production new', 6],
        ['NewSpender', 'production untagged', 10],
        ['NewSpender', 'staging test', 20],
        ['NonProductionSpend', 'staging', 20],
        ['OutputDrift', 'production terse small', 10],
        ['PromptGrowth', 'production growing small', 2000],
        ['RetryStorm', 'production retrying', 1],
        ['RunawayTenant', 'acme', 7],
        ['SpendSpike', 'production spiking', 8],
        ['UnpricedCalls', 'openai small unknown_model', 3],
        ['UntaggedSpend', 'feature', 0.2247],
      ].sort(),
    )
  })

  it('finds untagged what lacks a key that the ledger requires', async () => {
    const requiredKeys = ['tenant', 'shop']
    const other = await openLedger({ path: join(directory, 'required-keys.duckdb'), requiredKeys })
    const at = now.getTime()
    await other.append([
      ...calls(1, 60, at, { business: { tenant: 'acme', shop: 'north' }, amount: '3' }),
      ...calls(1, 60, at, { business: { tenant: 'acme' }, amount: '0.8' }),
      ...calls(1, 60, at, { business: { shop: 'north' }, amount: '0.2' }),
    ])
    const findings = await evaluateRules(other, [], now)
    await other.close()
    const untagged = findings.filter(({ rule }) => rule.name === 'SpanmeterUntaggedSpend')
    expect(untagged.map(({ labels, value }) => [labels, value])).toEqual([[{ missing: 'shop' }, 0.2]])
  })

  it('finds nothing in an empty hour', async () => {
    expect(await evaluateRules(ledger, [], new Date('2026-12-24T12:00:00Z'))).toEqual([])
  })
})

describe('startSpendWatch', () => {
  const neverAborted = new AbortController().signal
  let server: Server
  let url: string
  let answer: number
  const received: unknown[] = []
  beforeEach(async () => {
    answer = 200
    received.length = 0
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      received.push(JSON.parse(Buffer.concat(chunks).toString()))
      response.writeHead(answer).end(answer === 200 ? '' : 'invalid_payload')
    })
    url = `http://127.0.0.1:${await listenLocally(server)}/`
  })
  afterEach(() => new Promise((resolve) => server.close(resolve)))

  const budgets = [{ name: 'new', limit: 5, period: 'day', feature: 'new' }] as const
  const watchWith = (format: 'alertmanager' | 'slack', errors: unknown[] = []) =>
    startSpendWatch({
      ledger: () => ledger,
      budgets,
      alerts: { webhook: { url, format }, external_url: 'http://127.0.0.1:4319' },
      log: { warn: (_key, { err }: { err?: unknown }) => errors.push(err) },
    })

  it('posts in the format of Alertmanager what fires, once, and then that it is over', async () => {
    const watch = watchWith('alertmanager')
    await watch.look()
    await watch.look(now)
    await watch.look(new Date(now.getTime() + minute))
    await watch.look(new Date('2026-12-24T12:00:00Z'))
    await watch.look(new Date('2026-12-24T12:01:00Z'))
    await watch.close(neverAborted)
    const alertsOf = (body: unknown) =>
      (body as { alerts: { status: string; labels: Record<string, string> }[] }).alerts.map(
        ({ status, labels }) => `${status} ${labels.alertname} ${labels.budget ?? labels.reason}`,
      )
    expect(received.map(alertsOf)).toEqual([
      [
        'firing SpanmeterBudgetThreshold new',
        'firing SpanmeterBudgetExceeded new',
        'firing SpanmeterUnpricedCalls unknown_model',
      ],
      [
        'resolved SpanmeterBudgetThreshold new',
        'resolved SpanmeterBudgetExceeded new',
        'resolved SpanmeterUnpricedCalls unknown_model',
      ],
    ])
    expect((received[0] as { alerts: unknown[] }).alerts[1]).toEqual({
      status: 'firing',
      labels: { alertname: 'SpanmeterBudgetExceeded', severity: 'page', budget: 'new' },
      annotations: {
        summary: 'Budget new is spent to 120%.',
        cause: 'Spend went on as planned, or the budget was set before the feature grew.',
        look: 'Dashboard "Spanmeter / Overview", panel "Budgets".',
        contributors: 'By feature: new 6.00 USD/h',
        runbook: 'docs/alerts.md#spanmeterbudgetexceeded',
      },
      startsAt: '2026-10-20T12:00:00.000Z',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'http://127.0.0.1:4319',
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
    })
  })

  it('lets an alert fire only once it has held for its time, and names who stands behind it', async () => {
    const watch = watchWith('slack')
    await watch.look()
    await watch.look(now)
    expect(JSON.stringify(received)).not.toContain('SpanmeterSpendSpike')
    await watch.look(new Date(now.getTime() + 0.5 * minute))
    await watch.look(new Date(now.getTime() + 10 * minute))
    await watch.close(neverAborted)
    expect((received.at(-1) as { text: string }).text.split('\n')).toContain(
      ':rotating_light: *SpanmeterSpendSpike* Feature spiking (production) spends 6.75 USD/h, more than three times its usual.',
    )
    expect((received.at(-1) as { text: string }).text).toContain(
      '> By tenant: acme 5.95 USD/h; globex 0.80 USD/h',
    )
  })

  it('tells again what a webhook refused, and says so', async () => {
    const errors: unknown[] = []
    const watch = watchWith('alertmanager', errors)
    await watch.look()
    answer = 503
    await watch.look(now)
    answer = 200
    await watch.look(now)
    await watch.look(now)
    await watch.close(neverAborted)
    expect(received).toHaveLength(2)
    expect(received[0]).toEqual(received[1])
    expect(errors.map(String)).toEqual(['WebhookError: the alerts webhook answered 503: invalid_payload'])
  })

  it('ends at the deadline, also where the webhook does not answer', async () => {
    server.removeAllListeners('request').on('request', () => told.resolve())
    const told = Promise.withResolvers<void>()
    const errors: unknown[] = []
    const watch = watchWith('alertmanager', errors)
    await watch.look()
    void watch.look(now)
    await told.promise
    await watch.close(AbortSignal.abort())
    expect(errors.map(String)).toEqual([
      expect.stringContaining('WebhookError: the alerts webhook did not answer: '),
    ])
    server.closeAllConnections()
  })

  it('looks once a second, and no more, as long as the ledger cannot be opened', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    let looks = 0
    const cannotBeOpened = (): undefined => void looks++
    const watch = startSpendWatch({ ledger: cannotBeOpened, budgets, alerts: undefined, log: { warn() {} } })
    await vi.advanceTimersByTimeAsync(10 * minute)
    expect(looks).toBeGreaterThan(590)
    expect(looks).toBeLessThan(620)
    await watch.close(neverAborted)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('shows the budgets as of the last look', async () => {
    const watch = watchWith('slack')
    await watch.look()
    await watch.look(now)
    await watch.close(neverAborted)
    expect(watch.budgets().map(({ spentExact, limit }) => [spentExact, limit])).toEqual([
      ['6.000000000000', 5],
    ])
    expect(watch.gauges()).toHaveLength(4)
  })
})
