import type { SpanView } from '../otlp/types.ts'
import { environmentOf } from './environment.ts'
import type { AttributionOptions, Violation } from './types.ts'

/** The column of a look-up table that says to which environment a tenant or key belongs, not where a call was made. */
export const BELONGS_TO = 'environment'

/**
 * Finds calls that a service outside production made with something that belongs to production: a tenant, an API key, or anything
 * else that a look-up table assigns to production in its column `environment`.
 */
export function findEnvironmentLeak(
  span: SpanView,
  business: Readonly<Record<string, string>>,
  { lookups = [], productionEnvironments = ['production', 'prod'] }: AttributionOptions,
): Violation[] {
  const environment = environmentOf(span.resource)
  if (environment === undefined || productionEnvironments.includes(environment)) return []
  return lookups.flatMap(({ on, rows }) => {
    const value = business[on]
    const belongsTo = value === undefined ? undefined : rows.get(value)?.[BELONGS_TO]
    if (value === undefined || belongsTo === undefined || !productionEnvironments.includes(belongsTo))
      return []
    return [{ key: on, kind: 'environment_leak' as const, value }]
  })
}
