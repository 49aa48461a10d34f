import { ATTR_BUSINESS_PREFIX } from '../enrichment/semconv.ts'
import { byNames } from '../otlp/by-names.ts'
import type { ResourceView, SpanView } from '../otlp/types.ts'
import { asKeyValue, DEFAULT_KEYS, firstValue, resourceValue, sourcesOf } from './business-keys.ts'
import { checkContract } from './contract.ts'
import { findEnvironmentLeak } from './environment-leak.ts'
import { compileRules } from './rules.ts'
import type { Allocate, AttributionOptions, Violation } from './types.ts'

/**
 * Says who a call was for. The nearest statement wins: the sender's token, the span, a rule, the resource, a look-up
 * by what is known by then, a default.
 */
export function createAllocate(options: AttributionOptions = {}): Allocate {
  const keys = (options.keys ?? DEFAULT_KEYS).map(sourcesOf)
  const presentSources = byNames((names) => {
    const has = new Set(names)
    return keys
      .map(({ key, spanNames }) => ({ key, names: spanNames.filter((name) => has.has(name)) }))
      .filter((source) => source.names.length > 0)
  })
  const resourceValues = byResource((resource) =>
    keys
      .map((sources) => ({ key: sources.key, value: resourceValue(resource, sources) }))
      .filter(({ value }) => value !== undefined),
  )
  const rules = compileRules(options.rules ?? [])
  const lookups = options.lookups ?? []
  const defaults = Object.entries(options.defaults ?? {})

  const violationsOf = (span: SpanView, business: Readonly<Record<string, string>>): readonly Violation[] =>
    options.contract === undefined && lookups.length === 0
      ? NONE
      : [...checkContract(business, options.contract), ...findEnvironmentLeak(span, business, options)]

  return (span, genAi, tenant) => {
    const business = readOwn(span)
    const added: string[] = []
    const add = (key: string, value: string | undefined): void => {
      if (value === undefined || value === '' || business[key] !== undefined) return
      business[key] = value
      added.push(key)
    }
    if (tenant !== undefined && business.tenant !== tenant) {
      business.tenant = tenant
      added.push('tenant')
    }
    for (const { key, names } of presentSources(span.attributeNames())) {
      if (business[key] === undefined) add(key, firstValue(span, names))
    }
    add('workflow', genAi.workflowName)
    for (const [key, value] of rules(span)) add(key, value)
    for (const { key, value } of resourceValues(span.resource)) add(key, value)
    for (const { on, rows } of lookups) {
      const row = rows.get(business[on] ?? '')
      for (const column in row) add(column, row[column])
    }
    for (const [key, value] of defaults) add(key, value)
    return { business, added, violations: violationsOf(span, business) }
  }
}

const NONE: readonly never[] = []

/** What the span already has as `business.*`. */
function readOwn(span: SpanView): Record<string, string> {
  const own: Record<string, string> = {}
  for (const { name, key } of ownNames(span.attributeNames())) {
    const value = asKeyValue(span.attribute(name))
    if (value !== undefined) own[key] = value
  }
  return own
}

const ownNames = byNames((names) =>
  names
    .filter((name) => name.startsWith(ATTR_BUSINESS_PREFIX))
    .map((name) => ({ name, key: name.slice(ATTR_BUSINESS_PREFIX.length) })),
)

/** Remembers what follows from a resource: a service's spans share one. */
function byResource<T>(workOut: (resource: ResourceView) => T): (resource: ResourceView) => T {
  const known = new WeakMap<ResourceView, T>()
  return (resource) => {
    let result = known.get(resource)
    if (result === undefined) {
      result = workOut(resource)
      known.set(resource, result)
    }
    return result
  }
}
