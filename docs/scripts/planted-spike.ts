import { createHash } from 'node:crypto'
import type { LedgerSpan } from '@spanmeter/ledger'

const minute = 60_000
const day = 24 * 60 * minute
/** When the morning's release went out. */
export const spikeBegan: number = Date.UTC(2026, 9, 20, 14)
export const spikeNoticed: number = spikeBegan + 60 * minute

interface Pattern {
  feature: string
  team: string
  tenant: string
  model: string
  callsAnHour: number
  inputTokens: number
  outputTokens: number
  retried?: boolean
}

const usual: readonly Pattern[] = [
  {
    feature: 'faq-bot',
    team: 'support',
    tenant: 'acme',
    model: 'gpt-4.1',
    callsAnHour: 240,
    inputTokens: 2000,
    outputTokens: 250,
  },
  {
    feature: 'faq-bot',
    team: 'support',
    tenant: 'globex',
    model: 'gpt-4.1',
    callsAnHour: 120,
    inputTokens: 2000,
    outputTokens: 250,
  },
  {
    feature: 'contract-summaries',
    team: 'legal',
    tenant: 'acme',
    model: 'gpt-4.1',
    callsAnHour: 60,
    inputTokens: 9000,
    outputTokens: 800,
  },
  {
    feature: 'contract-summaries',
    team: 'legal',
    tenant: 'initech',
    model: 'gpt-4.1',
    callsAnHour: 60,
    inputTokens: 9000,
    outputTokens: 800,
  },
  {
    feature: 'code-review',
    team: 'platform',
    tenant: 'internal',
    model: 'gpt-4.1-mini',
    callsAnHour: 90,
    inputTokens: 4000,
    outputTokens: 600,
    retried: true,
  },
]

/** The release sends one tenant's whole contract archive along with each of its contracts. */
const afterRelease: readonly Pattern[] = usual.map((pattern) =>
  pattern.feature === 'contract-summaries' && pattern.tenant === 'initech'
    ? { ...pattern, inputTokens: 96_000 }
    : pattern,
)

/** USD for a million input and output tokens. */
const prices: Record<string, readonly [number, number]> = { 'gpt-4.1': [2, 8], 'gpt-4.1-mini': [0.4, 1.6] }

/** A week of the same hours, and the hour in which a prompt grew: made up, and the same on every run. */
export function plantedSpike(): LedgerSpan[] {
  const spans: LedgerSpan[] = []
  for (let hour = spikeBegan - 7 * day; hour < spikeNoticed; hour += 60 * minute) {
    for (const pattern of hour < spikeBegan ? usual : afterRelease) {
      for (let index = 0; index < pattern.callsAnHour; index++) {
        const sequence = spans.length + 1
        // Every twentieth call is half as long again: real prompts differ.
        const inputTokens = index % 20 === 19 ? pattern.inputTokens * 1.5 : pattern.inputTokens
        spans.push(call(pattern, sequence, hour + (index * 60 * minute) / pattern.callsAnHour, inputTokens))
      }
    }
  }
  return spans
}

function call(pattern: Pattern, sequence: number, startedAt: number, inputTokens: number): LedgerSpan {
  const [inputPrice, outputPrice] = prices[pattern.model]!
  const input = (inputTokens * inputPrice) / 1e6
  const output = (pattern.outputTokens * outputPrice) / 1e6
  const startUnixNano = BigInt(startedAt) * 1_000_000n
  const milliseconds = 400 + inputTokens / 50 + pattern.outputTokens * 5
  return {
    traceId: createHash('md5').update(String(sequence)).digest('hex'),
    spanId: sequence.toString(16).padStart(16, '0'),
    name: `chat ${pattern.model}`,
    startUnixNano,
    endUnixNano: startUnixNano + BigInt(Math.round(milliseconds)) * 1_000_000n,
    status: 'unset',
    role: 'own',
    serviceName: 'assistant',
    environment: 'production',
    operation: 'chat',
    provider: 'openai',
    requestModel: pattern.model,
    responseModel: pattern.model,
    attempts: pattern.retried === true && sequence % 12 === 0 ? 2 : 1,
    usage: { inputTokens, cacheReadTokens: 0, outputTokens: pattern.outputTokens },
    cost: {
      amount: (input + output).toFixed(9),
      components: { input: input.toFixed(9), output: output.toFixed(9) },
      source: 'list',
      price: `openai/${pattern.model}@2025-04-14`,
    },
    business: { feature: pattern.feature, team: pattern.team, tenant: pattern.tenant },
  }
}
