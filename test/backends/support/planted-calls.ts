import type { LedgerSpan } from '@spanmeter/ledger'

/** Seconds between two rounds of calls. */
export const roundSeconds = 60
/** Rounds in an hour. */
export const roundsPerHour = 3600 / roundSeconds

let sequence = 0

function call(fields: Partial<LedgerSpan> & Pick<LedgerSpan, 'business' | 'usage'>, at: number): LedgerSpan {
  sequence++
  const startUnixNano = BigInt(at) * 1_000_000n
  return {
    traceId: sequence.toString(16).padStart(32, '0'),
    spanId: sequence.toString(16).padStart(16, '0'),
    name: 'chat',
    startUnixNano,
    endUnixNano: startUnixNano + 2_000_000_000n,
    status: 'unset',
    role: 'own',
    environment: 'production',
    ...fields,
  }
}

/**
 * The calls of one round, the same each minute. An hour of them: 120 calls of faq-bot at 0.02 USD (tenants acme and
 * globex, one each round), 60 of summaries at 0.05 (acme, in workflow digest), 60 without feature or team at 0.01,
 * 60 that have no price.
 */
export function plantedRound(at: number): LedgerSpan[] {
  const openai = { provider: 'openai', responseModel: 'gpt-4.1' }
  const anthropic = { provider: 'anthropic', responseModel: 'claude-sonnet-4-5' }
  const faqBot = (tenant: string, more: Partial<LedgerSpan>): LedgerSpan =>
    call(
      {
        ...openai,
        business: { feature: 'faq-bot', team: 'support', tenant },
        usage: { inputTokens: 1000, cacheReadTokens: 600, outputTokens: 200, reasoningTokens: 50 },
        cost: {
          amount: '0.02',
          cacheSavings: '0.004',
          components: { input: '0.01', cache_read: '0.002', output: '0.008' },
          source: 'list',
          price: 'openai/gpt-4.1@2025-04-14',
        },
        ...more,
      },
      at,
    )
  return [
    faqBot('acme', { attempts: 2 }),
    faqBot('globex', {}),
    call(
      {
        ...anthropic,
        business: { feature: 'summaries', team: 'content', tenant: 'acme', workflow: 'digest' },
        usage: { inputTokens: 3000, outputTokens: 500 },
        cost: {
          amount: '0.05',
          components: { input: '0.03', output: '0.02' },
          source: 'list',
          price: 'anthropic/claude-sonnet-4-5@2025-09-29',
        },
      },
      at,
    ),
    call(
      {
        ...openai,
        status: 'error',
        business: { tenant: 'globex' },
        usage: { inputTokens: 500, outputTokens: 0 },
        cost: {
          amount: '0.01',
          components: { input: '0.01' },
          source: 'list',
          price: 'openai/gpt-4.1@2025-04-14',
        },
      },
      at,
    ),
    call(
      {
        provider: 'openai',
        responseModel: 'gpt-9',
        unpriced: 'unknown_model',
        business: { feature: 'faq-bot', team: 'support', tenant: 'acme' },
        usage: { inputTokens: 100, outputTokens: 10 },
      },
      at,
    ),
  ]
}
