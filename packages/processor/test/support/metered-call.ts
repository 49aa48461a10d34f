import type { LedgerSpan } from '@spanmeter/ledger'
import type { CostComponent, UnpricedReason } from '@spanmeter/pricing'
import type { MeteredCall } from '../../src/enrichment/metered-call.ts'
import { identityOf } from '../../src/otlp/span-identity.ts'

/** The call that the ledger keeps as this row, as the cost metrics see it: so that one planted call serves both. */
export function meteredCall(row: LedgerSpan): MeteredCall {
  return {
    identity: identityOf(row.traceId, row.spanId),
    role: row.role === 'own' ? 'own' : 'wrapper',
    provider: row.provider,
    model: row.responseModel ?? row.requestModel,
    workflow: row.workflowName,
    environment: row.environment,
    business: row.business,
    hasFailed: row.status === 'error',
    endUnixMillis: Number(row.endUnixNano) / 1e6,
    durationSeconds: Number(row.endUnixNano - row.startUnixNano) / 1e9,
    attempts: row.attempts,
    usageMissing: row.usageMissing,
    usage: row.usage,
    cost: costOf(row),
  }
}

function costOf({ cost, unpriced }: LedgerSpan): MeteredCall['cost'] {
  if (cost === undefined) return { priced: false, reason: unpriced as UnpricedReason }
  return {
    priced: true,
    amount: Number(cost.amount),
    components: Object.keys(cost.components) as CostComponent[],
    parts: Object.values(cost.components).map(Number),
    cacheSavings: cost.cacheSavings === undefined ? undefined : Number(cost.cacheSavings),
  }
}
