import { byResource } from '../otlp/by-resource.ts'
import { byShape, type SpanShape } from '../otlp/span-shape.ts'
import type { SpanView } from '../otlp/types.ts'
import { ATTR_BUSINESS_PREFIX } from '../semconv.ts'
import { asKeyValue, DEFAULT_KEYS, firstValue, resourceValue, sourcesOf } from './business-keys.ts'
import { checkContract } from './contract.ts'
import { environmentOf } from './environment.ts'
import { BELONGS_TO, findEnvironmentLeak } from './environment-leak.ts'
import { compileRules } from './rules.ts'
import type { Allocate, AttributionOptions, Violation } from './types.ts'

/**
 * Finds out who a call was for. Each key is taken from the first of these that has it: the sender's token, the span, a rule, the
 * resource, a look-up by the keys known so far, a default.
 */
export function createAllocate(options: AttributionOptions = {}): Allocate {
  const keys = (options.keys ?? DEFAULT_KEYS).map(sourcesOf)
  const presentSources = byShape((shape) =>
    keys
      .map(({ key, spanNames }) => ({ key, indexes: indexesOf(shape, spanNames) }))
      .filter(({ indexes }) => indexes.length > 0),
  )
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
      : [
          ...checkContract(business, environmentOf(span.resource), options.contract),
          ...findEnvironmentLeak(span, business, options),
        ]

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
    for (const { key, indexes } of presentSources(span.shape)) {
      if (business[key] === undefined) add(key, firstValue(span, indexes))
    }
    add('workflow', genAi.workflowName)
    for (const [key, value] of rules(span)) add(key, value)
    for (const { key, value } of resourceValues(span.resource)) add(key, value)
    for (const { on, rows } of lookups) {
      const row = rows.get(business[on] ?? '')
      for (const column in row) if (column !== BELONGS_TO) add(column, row[column])
    }
    for (const [key, value] of defaults) add(key, value)
    return { business, added, violations: violationsOf(span, business) }
  }
}

const NONE: readonly never[] = []

/** Keys that the span has as `business.*`. */
function readOwn(span: SpanView): Record<string, string> {
  const own: Record<string, string> = {}
  for (const { index, key } of ownNames(span.shape)) {
    const value = asKeyValue(span.valueAt(index))
    if (value !== undefined) own[key] = value
  }
  return own
}

const ownNames = byShape(({ names }) =>
  names
    .map((name, index) => ({ name, index }))
    .filter(({ name }) => name.startsWith(ATTR_BUSINESS_PREFIX))
    .map(({ name, index }) => ({ index, key: name.slice(ATTR_BUSINESS_PREFIX.length) })),
)

function indexesOf(shape: SpanShape, names: readonly string[]): readonly number[] {
  return names.map((name) => shape.indexOf(name)).filter((index) => index !== -1)
}
