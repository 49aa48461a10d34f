import type { SpanView } from '../otlp/types.ts'
import { environmentOf } from './environment.ts'
import type { AttributionOptions, Violation } from './types.ts'

/** The column of a look-up that says where a tenant or key belongs; it says nothing of where a call was made. */
export const BELONGS_TO = 'environment'

/**
 * Finds calls of a service outside production made with what belongs to production: a tenant, an API key, whatever a
 * look-up table says (in its column `environment`) is a production one.
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
