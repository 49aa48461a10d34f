import type { LedgerSpan } from '@spanmeter/ledger'
import type { CostComponent, CostNumbers, CostSource, UnpricedReason } from '@spanmeter/pricing'
import type { MeteredCall } from '../../src/enrichment/metered-call.ts'
import { identityOf } from '../../src/otlp/span-identity.ts'

/** The call that the ledger keeps as this row, as the cost metrics see it: so that one planted call serves both. */
export function meteredCall(row: LedgerSpan): MeteredCall {
  return {
    identity: identityOf(row.traceId, row.spanId),
    spanName: row.name,
    role: row.role === 'own' ? 'own' : 'wrapper',
    genAi: { ...row, dialects: [], role: 'call', cachedInput: undefined },
    business: row.business,
    environment: row.environment,
    hasFailed: row.status === 'error',
    endUnixMillis: Number(row.endUnixNano) / 1e6,
    durationSeconds: Number(row.endUnixNano - row.startUnixNano) / 1e9,
    cost: costNumbers(row),
  }
}

function costNumbers({ cost, unpriced }: LedgerSpan): CostNumbers {
  if (cost === undefined) return { priced: false, reason: unpriced as UnpricedReason }
  return {
    priced: true,
    amount: Number(cost.amount),
    components: Object.keys(cost.components) as CostComponent[],
    parts: Object.values(cost.components).map(Number),
    listAmount: Number(cost.listAmount ?? cost.amount),
    cacheSavings: cost.cacheSavings === undefined ? undefined : Number(cost.cacheSavings),
    price: cost.price,
    source: cost.source as CostSource,
  }
}
