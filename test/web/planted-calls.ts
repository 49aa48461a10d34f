import type { LedgerSpan } from '@spanmeter/ledger'
import { numbersFrom } from '../../packages/ledger/test/random.ts'

/**
 * A month of calls whose every total is known in advance: October 2026 comes to $47,293, and the month before to
 * $39,120.50. What no total depends on (times, tokens, models) is drawn from a seeded generator, so it too is the same
 * in every run.
 */
export const OCTOBER = { since: '2026-10-01', until: '2026-11-01' } as const

interface Source {
  organization: string
  application: string
  /** `undefined`: nobody tagged these calls. */
  feature?: string
  owner?: string
  team: string
  workflow?: string
  endpoint: string
  /** What October and September cost, dollars. */
  october: string
  september: string
  traces: number
  models: readonly Model[]
  /** Calls a trace, at most. */
  fanOut: number
  outcome?: { name: string; count: number }
}

interface Model {
  provider: string
  name: string
}

const SONNET: Model = { provider: 'anthropic', name: 'claude-sonnet-4-5' }
const HAIKU: Model = { provider: 'anthropic', name: 'claude-haiku-4-5' }
const GPT: Model = { provider: 'openai', name: 'gpt-5.1' }
const GPT_MINI: Model = { provider: 'openai', name: 'gpt-5.1-mini' }
const GEMINI: Model = { provider: 'gcp.vertex_ai', name: 'gemini-3-flash' }

const SUPPORT = { organization: 'northwind', application: 'support-desk', team: 'support' }
const TOOLS = { organization: 'northwind', application: 'dev-tools', team: 'platform' }
const OFFICE = { organization: 'northwind', application: 'back-office', team: 'operations' }

/** 47,293 = 28,400 + 12,900 + 5,993 by application; 28,400 = 18,200 + 7,100 + 3,100 by feature. */
const SOURCES: readonly Source[] = [
  {
    ...SUPPORT,
    feature: 'faq-bot',
    owner: 'maria',
    workflow: 'support-conversation',
    endpoint: '/v1/faq/ask',
    // 4,320 conversations at $4.21.
    october: '18187.20',
    september: '12904.40',
    traces: 900,
    models: [SONNET, SONNET, HAIKU],
    fanOut: 4,
    outcome: { name: 'conversation_resolved', count: 4320 },
  },
  {
    ...SUPPORT,
    feature: 'faq-bot',
    owner: 'tom',
    workflow: 'faq-reindex',
    endpoint: '/internal/reindex',
    october: '12.80',
    september: '11.10',
    traces: 40,
    models: [GEMINI],
    fanOut: 1,
  },
  {
    ...SUPPORT,
    feature: 'ticket-triage',
    owner: 'tom',
    workflow: 'triage',
    endpoint: '/v1/tickets',
    october: '7100',
    september: '7412.25',
    traces: 500,
    models: [GPT_MINI, GPT_MINI, HAIKU],
    fanOut: 2,
    outcome: { name: 'ticket_routed', count: 21300 },
  },
  {
    ...SUPPORT,
    feature: 'reply-draft',
    owner: 'maria',
    endpoint: '/v1/replies',
    october: '3100',
    september: '2980',
    traces: 260,
    models: [GPT, SONNET],
    fanOut: 1,
  },
  {
    ...TOOLS,
    feature: 'code-assistant',
    owner: 'ines',
    workflow: 'coding-agent',
    endpoint: '/v1/assist',
    october: '8650',
    september: '5120.75',
    traces: 160,
    models: [SONNET, GPT],
    fanOut: 24,
    outcome: { name: 'change_merged', count: 1730 },
  },
  {
    ...TOOLS,
    feature: 'test-writer',
    owner: 'ines',
    workflow: 'coding-agent',
    endpoint: '/v1/tests',
    october: '4250',
    september: '4900',
    traces: 140,
    models: [GPT, GPT_MINI],
    fanOut: 8,
  },
  {
    ...OFFICE,
    feature: 'doc-summary',
    owner: 'ken',
    endpoint: '/v1/summaries',
    october: '3212',
    september: '3480',
    traces: 300,
    models: [GEMINI, GPT_MINI],
    fanOut: 2,
    outcome: { name: 'summary_kept', count: 803 },
  },
  {
    ...OFFICE,
    feature: 'contract-check',
    owner: 'ken',
    endpoint: '/v1/contracts',
    october: '1980',
    september: '2312',
    traces: 90,
    models: [SONNET],
    fanOut: 3,
  },
  {
    ...OFFICE,
    endpoint: '/cron/nightly',
    october: '801',
    september: '0',
    traces: 80,
    models: [GPT],
    fanOut: 2,
  },
]

const TENANTS = [
  'globex',
  'initech',
  'umbrella',
  'hooli',
  'stark-industries',
  'wayne-enterprises',
  'wonka',
  'tyrell',
  'cyberdyne',
  'soylent',
]

/** What a tenant pays a month, where that is known. */
const REVENUE: Record<string, string> = {
  globex: '19500',
  initech: '9800',
  umbrella: '4400',
  hooli: '7250',
  'stark-industries': '12000',
  'wayne-enterprises': '6100',
  wonka: '2900',
  tyrell: '5400',
}

/** Calls of a model that no price list knows: what they cost is unknown, and must not look like $0. */
export const UNPRICED_CALLS = 4

function toMicros(dollars: string): bigint {
  const [whole, fraction = ''] = dollars.split('.')
  return BigInt(whole + fraction.padEnd(6, '0'))
}

function toDollars(micros: bigint): string {
  const digits = String(micros).padStart(7, '0')
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`
}

/** Splits an amount by weights so that the parts add up to the last micro-dollar. */
function split(micros: bigint, weights: readonly number[]): bigint[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const parts = weights.map((weight) => BigInt(Math.floor((Number(micros) * weight) / sum)))
  parts[0]! += micros - parts.reduce((total, part) => total + part, 0n)
  return parts
}

/** Busy on weekdays between eight and eight, quiet at night. */
function pickTime(random: () => number, from: number, days: number): number {
  for (;;) {
    const time = from + random() * days * 86_400_000
    const date = new Date(time)
    const isWeekend = date.getUTCDay() % 6 === 0
    const daylight = Math.max(0.08, Math.sin(((date.getUTCHours() - 6) / 14) * Math.PI))
    if (random() < daylight * (isWeekend ? 0.35 : 1)) return time
  }
}

/** Every span of both months. */
export function plantedCalls(): LedgerSpan[] {
  const random = numbersFrom(47_293)
  const spans: LedgerSpan[] = []
  for (const source of SOURCES) {
    spans.push(...month(source, source.october, Date.UTC(2026, 9, 1), 31, source.traces, random))
    if (source.september !== '0')
      spans.push(
        ...month(source, source.september, Date.UTC(2026, 8, 1), 30, Math.ceil(source.traces / 2), random),
      )
  }
  for (let index = 0; index < UNPRICED_CALLS; index++) spans.push(unpricedCall(index))
  return spans
}

function hex(random: () => number, length: number): string {
  return Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('')
}

function nanos(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds)) * 1_000_000n
}

function month(
  source: Source,
  dollars: string,
  from: number,
  days: number,
  traces: number,
  random: () => number,
): LedgerSpan[] {
  const isOctober = from === Date.UTC(2026, 9, 1)
  const plan = Array.from({ length: traces }, () => ({
    // A quarter into the month the prompts of the code assistant grow.
    start: pickTime(random, from, days),
    calls: 1 + Math.floor(random() ** 3 * source.fanOut),
  }))
  const weights = plan.flatMap(({ calls }) => Array.from({ length: calls }, () => 0.4 + random() ** 2 * 1.6))
  const amounts = split(toMicros(dollars), weights)
  const business = (tenant: string): Record<string, string> => {
    const { organization, application, feature, owner, team, workflow, endpoint } = source
    return {
      organization,
      application,
      team,
      endpoint,
      tenant,
      ...(REVENUE[tenant] && { revenue: REVENUE[tenant] }),
      ...(feature && { feature }),
      ...(owner && { owner }),
      ...(workflow && { workflow }),
    }
  }
  let call = 0
  return plan.flatMap(({ start, calls }, index): LedgerSpan[] => {
    const traceId = hex(random, 32)
    const rootId = hex(random, 16)
    const tenant = TENANTS[Math.floor(random() ** 2.2 * TENANTS.length)]!
    const children: LedgerSpan[] = []
    let cursor = start + 20
    for (let step = 0; step < calls; step++) {
      const span = pricedCall({
        source,
        traceId,
        parentSpanId: rootId,
        start: cursor,
        micros: amounts[call++]!,
        business: business(tenant),
        random,
      })
      cursor = Number(span.endUnixNano / 1_000_000n) + 15
      children.push(span)
    }
    const outcomes = isOctober && source.outcome ? outcomesOf(source.outcome, index, traces) : undefined
    const root: LedgerSpan = {
      traceId,
      spanId: rootId,
      name: source.workflow ? `invoke_workflow ${source.workflow}` : `POST ${source.endpoint}`,
      startUnixNano: nanos(start),
      endUnixNano: nanos(cursor + 10),
      status: 'unset',
      serviceName: source.application,
      environment: 'production',
      ...(source.workflow && { workflowName: source.workflow }),
      role: 'ancestor',
      usage: {},
      business: business(tenant),
      ...(outcomes && { outcomes }),
    }
    return [root, ...children]
  })
}

function outcomesOf(
  { name, count }: { name: string; count: number },
  index: number,
  traces: number,
): Record<string, number> {
  const share = Math.floor(count / traces)
  return { [name]: share + (index < count - share * traces ? 1 : 0) }
}

interface CallPlan {
  source: Source
  traceId: string
  parentSpanId: string
  start: number
  micros: bigint
  business: Record<string, string>
  random: () => number
}

function pricedCall({
  source,
  traceId,
  parentSpanId,
  start,
  micros,
  business,
  random,
}: CallPlan): LedgerSpan {
  const model = source.models[Math.floor(random() * source.models.length)]!
  const milliseconds = 350 + random() ** 3 * 9000
  const inputTokens = 800 + Math.floor(random() ** 2 * 60_000)
  // One call in six of those that could have read the cache missed it.
  const isCached = model.provider === 'anthropic' && random() > 0.16
  const cacheReadTokens = isCached ? Math.floor(inputTokens * random() * 0.8) : 0
  const cacheWriteTokens = isCached && random() < 0.2 ? Math.floor((inputTokens - cacheReadTokens) * 0.6) : 0
  const outputTokens = 60 + Math.floor(random() ** 2 * 3000)
  const luck = random()
  const isError = luck < 0.012
  const isRetried = luck > 0.965
  const tokens = {
    input: inputTokens - cacheReadTokens - cacheWriteTokens,
    cache_read: cacheReadTokens,
    cache_write: cacheWriteTokens,
    output: outputTokens,
  }
  return {
    traceId,
    spanId: hex(random, 16),
    parentSpanId,
    name: `chat ${model.name}`,
    startUnixNano: nanos(start),
    endUnixNano: nanos(start + milliseconds),
    status: isError ? 'error' : 'unset',
    ...(isError && { errorType: 'server_error' }),
    serviceName: source.application,
    environment: 'production',
    operation: 'chat',
    provider: model.provider,
    requestModel: model.name,
    responseModel: model.name,
    streaming: true,
    timeToFirstChunkSeconds: (milliseconds * (0.1 + random() * 0.3)) / 1000,
    attempts: isRetried ? 3 : 1,
    ...(luck > 0.5 && luck < 0.508 && { usageMissing: 'aborted' }),
    role: 'own',
    usage: { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, reasoningTokens: 0 },
    cost: {
      amount: toDollars(micros),
      ...priceParts(micros, tokens),
      source: model === GEMINI && random() < 0.1 ? 'estimated' : 'list',
      price: `${model.provider}/${model.name}@2026-06-01`,
    },
    business,
  }
}

/** What a token of each kind costs beside one of plain input. */
const WEIGHT = { input: 1, cache_read: 0.1, cache_write: 1.25, output: 5 }

type Tokens = Record<keyof typeof WEIGHT, number>

/** Splits what a call cost by kind of token, and says what the cache saved at these prices. */
function priceParts(
  micros: bigint,
  tokens: Tokens,
): { components: Record<string, string>; cacheSavings: string } {
  const kinds = (Object.keys(WEIGHT) as (keyof typeof WEIGHT)[]).filter((kind) => tokens[kind] > 0)
  const weights = kinds.map((kind) => tokens[kind] * WEIGHT[kind])
  const parts = split(micros, weights)
  const perToken = Number(micros) / weights.reduce((total, weight) => total + weight, 0)
  const saved = BigInt(Math.round(perToken * (tokens.cache_read * 0.9 - tokens.cache_write * 0.25)))
  return {
    components: Object.fromEntries(kinds.map((kind, index) => [kind, toDollars(parts[index]!)])),
    cacheSavings: saved < 0n ? `-${toDollars(-saved)}` : toDollars(saved),
  }
}

function unpricedCall(index: number): LedgerSpan {
  const start = Date.UTC(2026, 9, 20, 10, index)
  return {
    traceId: `${index}`.padStart(32, 'f'),
    spanId: `${index}`.padStart(16, 'f'),
    name: 'chat house-model-7b',
    startUnixNano: nanos(start),
    endUnixNano: nanos(start + 900),
    status: 'unset',
    serviceName: 'back-office',
    environment: 'production',
    operation: 'chat',
    provider: 'openai',
    requestModel: 'house-model-7b',
    responseModel: 'house-model-7b',
    role: 'own',
    usage: { inputTokens: 900, outputTokens: 120 },
    unpriced: 'unknown_model',
    business: {
      organization: 'northwind',
      application: 'back-office',
      feature: 'doc-summary',
      team: 'operations',
      tenant: 'globex',
      endpoint: '/v1/summaries',
    },
  }
}
