import type { LedgerSpan } from '@spanmeter/ledger'
import { call } from './span.ts'

/**
 * A month of spend whose every total is known in advance, in calls of uneven amounts down to 10^-12 USD:
 * 47,293 = 28,400 + 12,900 + 5,993 by feature; 28,400 = 18,200 + 7,100 + 3,100 by tenant of the first.
 */
export const PLANTED_TOTALS: readonly {
  feature: string
  tenant: string
  team: string
  model: string
  amount: string
  calls: number
}[] = [
  { feature: 'faq-bot', tenant: 'acme', team: 'support', model: 'gpt-5', amount: '18200', calls: 701 },
  { feature: 'faq-bot', tenant: 'globex', team: 'support', model: 'gpt-5-mini', amount: '7100', calls: 503 },
  {
    feature: 'faq-bot',
    tenant: 'initech',
    team: 'support',
    model: 'claude-haiku-4-5',
    amount: '3100',
    calls: 211,
  },
  {
    feature: 'document-summary',
    tenant: 'acme',
    team: 'documents',
    model: 'gpt-5',
    amount: '12900',
    calls: 97,
  },
  {
    feature: 'code-assistant',
    tenant: 'globex',
    team: 'platform',
    model: 'claude-sonnet-4-5',
    amount: '5993',
    calls: 53,
  },
]

export const OCTOBER = { since: new Date('2026-10-01T00:00:00Z'), until: new Date('2026-11-01T00:00:00Z') }

export function plantedSpend(): LedgerSpan[] {
  return PLANTED_TOTALS.flatMap(({ feature, tenant, team, model, amount, calls }) =>
    unevenParts(amount, calls).map((cost, index) =>
      call({
        at: new Date(OCTOBER.since.getTime() + index * 3_600_000).toISOString(),
        cost,
        responseModel: model,
        provider: model.startsWith('claude') ? 'anthropic' : 'openai',
        usage: { inputTokens: 1000 + index, outputTokens: 100 },
        business: { feature, tenant, team },
      }),
    ),
  )
}

/** 4,320 conversations of three calls each, at $4.21: $18,187.20. */
export function plantedConversations(): LedgerSpan[] {
  return Array.from({ length: 4320 }, (_, conversation) =>
    ['2.000000000001', '1.2', '1.009999999999'].map((cost, turn) =>
      call({
        trace: 5_000_000 + conversation,
        at: new Date(Date.parse('2026-09-01T00:00:00Z') + conversation * 500_000 + turn * 1000).toISOString(),
        cost,
        conversationId: `conversation-${conversation}`,
        business: { feature: 'support', tenant: `tenant-${conversation % 7}`, team: 'support' },
        ...(turn === 2 && { outcomes: { conversation_resolved: 1 } }),
      }),
    ),
  ).flat()
}

/** Amounts that sum to the total exactly, no two alike. */
function unevenParts(total: string, count: number): string[] {
  const units = BigInt(total) * 10n ** 12n
  const share = units / BigInt(count)
  const parts = Array.from(
    { length: count - 1 },
    (_, index) => share + BigInt(index - Math.floor(count / 2)) * 7_777_777n,
  )
  const rest = units - parts.reduce((sum, part) => sum + part, 0n)
  return [...parts, rest].map((part) => {
    const digits = part.toString().padStart(13, '0')
    return `${digits.slice(0, -12)}.${digits.slice(-12)}`
  })
}
