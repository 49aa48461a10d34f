import type { LedgerCost, LedgerSpan } from '@spanmeter/ledger'

let made = 0

/** Everything about a span that a test doesn't care about is filled in; `cost` may be the bare amount. */
export interface PlantedSpan
  extends Partial<Omit<LedgerSpan, 'cost' | 'traceId' | 'spanId' | 'parentSpanId'>> {
  trace?: number
  span?: number
  parent?: number
  /** ISO time. */
  at?: string
  milliseconds?: number
  cost?: string | LedgerCost
}

/** A call, in a trace of its own unless stated otherwise. */
export function call(planted: PlantedSpan = {}): LedgerSpan {
  const { trace, span, parent, at = '2026-10-01T12:00:00Z', milliseconds = 500, cost, ...rest } = planted
  made++
  const startUnixNano = BigInt(Date.parse(at)) * 1_000_000n
  return {
    traceId: hex(trace ?? 1_000_000 + made, 32),
    spanId: hex(span ?? 1_000_000 + made, 16),
    ...(parent !== undefined && { parentSpanId: hex(parent, 16) }),
    name: 'chat gpt-5',
    startUnixNano,
    endUnixNano: startUnixNano + BigInt(milliseconds) * 1_000_000n,
    status: 'unset',
    role: 'own',
    provider: 'openai',
    responseModel: 'gpt-5',
    usage: {},
    business: {},
    ...(typeof cost === 'string' ? { cost: costOf(cost) } : cost !== undefined && { cost }),
    ...rest,
  }
}

/** A span above calls that is none itself. */
export function ancestor(planted: PlantedSpan): LedgerSpan {
  const { provider, responseModel, ...span } = call({ name: 'invoke_workflow', ...planted, role: 'ancestor' })
  return span
}

export function costOf(amount: string, more: Partial<LedgerCost> = {}): LedgerCost {
  return { amount, components: { input: amount }, source: 'list', price: 'openai/gpt-5@2026-01-01', ...more }
}

export function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}
