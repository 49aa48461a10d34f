import type { Signal } from '../types.ts'

/*
 * All three export requests nest alike:
 *   Export*ServiceRequest { 1 resource_* { 2 scope_* { 2 items } } }
 */
export const LEVEL_FIELDS: readonly number[] = [1, 2, 2]

/** The same levels in JSON. */
export const LEVEL_NAMES: Readonly<Record<Signal, readonly string[]>> = {
  traces: ['resourceSpans', 'scopeSpans', 'spans'],
  metrics: ['resourceMetrics', 'scopeMetrics', 'metrics'],
  logs: ['resourceLogs', 'scopeLogs', 'logRecords'],
}
