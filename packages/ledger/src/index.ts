export type { LedgerCost, LedgerSpan, LedgerUsage } from './types.ts'
