import type { LedgerSpan } from '@spanmeter/ledger'
import { numbersFrom } from '../test/random.ts'

/** The day the generated traffic begins; it spreads over 30 days. */
export const FIRST_DAY: bigint = BigInt(Date.UTC(2026, 9, 1)) * 1_000_000n
const SPREAD = 30n * 86_400_000_000_000n

const MODELS = Array.from({ length: 24 }, (_, index) => ({
  provider: ['openai', 'anthropic', 'aws.bedrock', 'gcp.vertex_ai'][index % 4]!,
  model: `model-${index}`,
  inputPrice: 50_000 * (1 + (index % 7)),
  outputPrice: 400_000 * (1 + (index % 5)),
}))

/**
 * A month of calls as an application with 40 features, 5,000 tenants and 12 teams makes them: traces of one to five calls
 * under a workflow, a third of them with cached prompts, some retried, failed, aborted, unpriced or untagged.
 * Deterministic: the same `first` and `count` give the same calls.
 */
export function* generatedCalls(total: number, batchSize: number): Generator<LedgerSpan[]> {
  const random = numbersFrom(7)
  let batch: LedgerSpan[] = []
  for (let made = 0; made < total; ) {
    const start = FIRST_DAY + (SPREAD * BigInt(made)) / BigInt(total)
    const feature = skewed(random, 40)
    const tenant = skewed(random, 5000)
    const traceId = hex(random, 32)
    const calls = Math.min(1 + Math.floor(random() * 5), total - made)
    for (let call = 0; call < calls; call++) {
      const span = generatedCall(random, {
        traceId,
        feature,
        tenant,
        start: start + BigInt(call) * 900_000_000n,
      })
      batch.push(span)
      if (batch.length === batchSize) {
        yield batch
        batch = []
      }
    }
    made += calls
  }
  if (batch.length > 0) yield batch
}

interface Place {
  readonly traceId: string
  readonly feature: number
  readonly tenant: number
  readonly start: bigint
}

function generatedCall(random: () => number, { traceId, feature, tenant, start }: Place): LedgerSpan {
  const { provider, model, inputPrice, outputPrice } = MODELS[skewed(random, MODELS.length)]!
  const inputTokens = 200 + Math.floor(random() * 6000)
  const outputTokens = 20 + Math.floor(random() * 900)
  const cached = feature % 3 === 0 && random() < 0.8
  const cacheReadTokens = cached ? Math.floor(inputTokens * 0.7) : 0
  const fate = random()
  const milliseconds = Math.floor(Math.exp(5.5 + random() * 3))
  const cacheRead = BigInt(cacheReadTokens * Math.floor(inputPrice / 10))
  const input = BigInt((inputTokens - cacheReadTokens) * inputPrice)
  const output = BigInt(outputTokens * outputPrice)
  return {
    traceId,
    spanId: hex(random, 16),
    name: `chat ${model}`,
    startUnixNano: start,
    endUnixNano: start + BigInt(milliseconds) * 1_000_000n,
    status: fate < 0.02 ? 'error' : 'unset',
    ...(fate < 0.02 && { errorType: '500' }),
    serviceName: `service-${feature % 6}`,
    environment: tenant % 20 === 0 ? 'staging' : 'production',
    operation: 'chat',
    provider,
    requestModel: model,
    responseModel: model,
    streaming: cached,
    ...(cached && { timeToFirstChunkSeconds: milliseconds / 5000 }),
    attempts: fate > 0.97 ? 2 : 1,
    ...(fate > 0.99 && { usageMissing: 'aborted' }),
    role: 'own',
    usage: { inputTokens, outputTokens, cacheReadTokens },
    ...(fate < 0.985
      ? {
          cost: {
            amount: usd(cacheRead + input + output),
            listAmount: usd(cacheRead + input + output),
            cacheSavings: usd(BigInt(cacheReadTokens * inputPrice) - cacheRead),
            components: { input: usd(input), cache_read: usd(cacheRead), output: usd(output) },
            source: fate > 0.96 ? 'estimated' : 'list',
            price: `${provider}/${model}@2026-01-01`,
          },
        }
      : { unpriced: 'unknown_model' }),
    business: {
      ...(random() < 0.98 && { feature: `feature-${feature}` }),
      tenant: `tenant-${tenant}`,
      team: `team-${feature % 12}`,
      workflow: `workflow-${feature % 25}`,
      endpoint: `/v1/feature-${feature}`,
      organization: 'acme',
      application: `application-${feature % 6}`,
      owner: `owner-${feature % 12}`,
      plan_code: `plan-${tenant % 4}`,
    },
    ...(random() < 0.05 && { outcomes: { resolved: 1 } }),
  }
}

/** 10^-12 USD as a decimal string. */
function usd(units: bigint): string {
  const digits = units.toString().padStart(13, '0')
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`
}

/** Small numbers more often than large ones. */
function skewed(random: () => number, count: number): number {
  return Math.floor(random() * random() * count)
}

function hex(random: () => number, digits: number): string {
  let text = ''
  while (text.length < digits)
    text += Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
  return text
}
