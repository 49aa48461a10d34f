import type { GenAiSpan } from '../dialects/types.ts'
import { ATTR_BUSINESS_PREFIX } from '../enrichment/semconv.ts'
import type { SpanView } from '../otlp/types.ts'
import { asKeyValue, DEFAULT_KEYS, resourceValue, spanValue } from './business-keys.ts'
import { checkContract } from './contract.ts'
import { findEnvironmentLeak } from './environment-leak.ts'
import { compileRules } from './rules.ts'
import type { Allocate, AttributionOptions } from './types.ts'

/**
 * Says who a call was for. The nearest statement wins: the sender's token, the span, a rule, the resource, a look-up
 * by what is known by then, a default.
 */
export function createAllocate(options: AttributionOptions = {}): Allocate {
  const keys = options.keys ?? DEFAULT_KEYS
  const rules = compileRules(options.rules ?? [])
  const defaults = Object.entries(options.defaults ?? {})

  return (span, genAi, tenant) => {
    const business: Record<string, string> = {}
    const own = readOwn(span)
    Object.assign(business, own)
    if (tenant !== undefined) business.tenant = tenant
    for (const key of keys) business[key] ??= spanValue(span, key) ?? genAiValue(genAi, key) ?? UNKNOWN
    for (const [key, value] of rules(span)) setUnknown(business, key, value)
    for (const key of keys) setUnknown(business, key, resourceValue(span, key))
    for (const table of options.lookups ?? []) {
      const row = table.rows.get(business[table.on] ?? UNKNOWN)
      for (const column in row) setUnknown(business, column, row[column])
    }
    for (const [key, value] of defaults) setUnknown(business, key, value)
    for (const key in business) if (business[key] === UNKNOWN) delete business[key]
    return {
      business,
      added: Object.keys(business).filter((key) => business[key] !== own[key]),
      violations: [
        ...checkContract(business, options.contract),
        ...findEnvironmentLeak(span, business, options),
      ],
    }
  }
}

/** Stands in while sources are tried one after the other; never leaves this file. */
const UNKNOWN = ''

function setUnknown(business: Record<string, string>, key: string, value: string | undefined): void {
  if (value !== undefined && value !== '' && (business[key] ?? UNKNOWN) === UNKNOWN) business[key] = value
}

/** What the span already has as `business.*`. */
function readOwn(span: SpanView): Record<string, string> {
  const own: Record<string, string> = {}
  for (const name of span.attributeNames()) {
    if (!name.startsWith(ATTR_BUSINESS_PREFIX)) continue
    const value = asKeyValue(span.attribute(name))
    if (value !== undefined) own[name.slice(ATTR_BUSINESS_PREFIX.length)] = value
  }
  return own
}

/** Business keys that the conventions have a name for. */
function genAiValue(genAi: GenAiSpan, key: string): string | undefined {
  return key === 'workflow' ? genAi.workflowName : undefined
}
