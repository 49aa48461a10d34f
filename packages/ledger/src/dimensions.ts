import type { SharedColumns } from './business-keys.ts'
import { LedgerError } from './errors.ts'

/** What spend is grouped and filtered by. */
export interface Dimension {
  readonly name: string
  readonly title: string
  /** `business`: from the business context; `call`: from the span. */
  readonly kind: 'business' | 'call'
}

/** Business keys with a column by name. Any other `business.*` key lives in the JSON column `business`, see business-keys.ts. */
export const BUSINESS_COLUMNS: readonly { key: string; column: string; title: string }[] = [
  { key: 'organization', column: 'organization', title: 'Organization' },
  { key: 'application', column: 'application', title: 'Application' },
  { key: 'feature', column: 'feature', title: 'Feature' },
  { key: 'owner', column: 'owner', title: 'Owner' },
  { key: 'tenant', column: 'tenant', title: 'Tenant' },
  { key: 'team', column: 'team', title: 'Team' },
  { key: 'workflow', column: 'workflow', title: 'Workflow' },
  { key: 'endpoint', column: 'endpoint', title: 'Endpoint' },
  { key: 'plan', column: 'plan', title: 'Plan' },
  { key: 'customer_tier', column: 'customer_tier', title: 'Customer tier' },
  { key: 'cost_center', column: 'cost_center', title: 'Cost center' },
  { key: 'user', column: 'user_id', title: 'User' },
]

/** The keys without which a call counts as untagged, by default. */
export const DEFAULT_REQUIRED_KEYS: readonly string[] = ['feature']

/** The business keys that are not in the JSON. */
export const OWN_COLUMN_KEYS: ReadonlySet<string> = new Set([
  ...BUSINESS_COLUMNS.map(({ key }) => key),
  'environment',
  'agent',
  'conversation',
  'revenue',
])

const CALL_DIMENSIONS: readonly { name: string; expression: string; title: string }[] = [
  { name: 'provider', expression: 'provider', title: 'Provider' },
  { name: 'model', expression: 'model', title: 'Model' },
  { name: 'request_model', expression: 'request_model', title: 'Requested model' },
  { name: 'operation', expression: 'operation', title: 'Operation' },
  { name: 'service', expression: 'service', title: 'Service' },
  { name: 'service_version', expression: 'service_version', title: 'Service version' },
  { name: 'environment', expression: 'environment', title: 'Environment' },
  { name: 'agent', expression: 'agent', title: 'Agent' },
  { name: 'conversation', expression: 'conversation', title: 'Conversation' },
  { name: 'status', expression: 'status', title: 'Status' },
  { name: 'error_type', expression: 'error_type', title: 'Error type' },
  { name: 'usage_missing', expression: 'usage_missing', title: 'Missing usage' },
  { name: 'cost_source', expression: 'cost_source', title: 'Cost source' },
  { name: 'price', expression: 'price', title: 'Price' },
  { name: 'unpriced', expression: 'unpriced', title: 'Unpriced because' },
  { name: 'streaming', expression: "coalesce(streaming::VARCHAR, '')", title: 'Streaming' },
]

/** The dimensions that every ledger has. */
export const DIMENSIONS: readonly Dimension[] = [
  ...BUSINESS_COLUMNS.map(({ key, title }) => ({ name: key, title, kind: 'business' as const })),
  ...CALL_DIMENSIONS.map(({ name, title }) => ({ name, title, kind: 'call' as const })),
]

const EXPRESSIONS: ReadonlyMap<string, string> = new Map([
  ...BUSINESS_COLUMNS.map(({ key, column }) => [key, column] as const),
  ...CALL_DIMENSIONS.map(({ name, expression }) => [name, expression] as const),
])

/** A business key that can be grouped by. */
export const BUSINESS_KEY: RegExp = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/

/**
 * The SQL expression over `storage.spans` that gives a dimension's value, '' if it has none. Only listed names, and
 * names that can't contain a quote, get into SQL; values are always bound.
 *
 * @throws LedgerError `ledger_invalid_query` for a name that is neither a dimension nor a possible business key
 */
export function dimensionExpression(name: string, shared: SharedColumns): string {
  const expression = EXPRESSIONS.get(name)
  if (expression !== undefined) return expression
  const key = name.replace(/^business\./, '')
  if (EXPRESSIONS.has(key)) return EXPRESSIONS.get(key)!
  if (!BUSINESS_KEY.test(key)) {
    throw new LedgerError(
      'ledger_invalid_query',
      `unknown dimension '${name}': use one of ${[...EXPRESSIONS.keys()].join(', ')}, or a business key (letters, digits, _ . -)`,
    )
  }
  return shared.get(key) ?? `coalesce(json_extract_string(business, '$."${key}"'), '')`
}

/** What to call a dimension in a heading: `Feature`, `cost_center` as `Cost center`, any other key as it is. */
export function dimensionTitle(name: string): string {
  return DIMENSIONS.find((dimension) => dimension.name === name)?.title ?? name
}
