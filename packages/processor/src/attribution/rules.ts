import { matchesGlob } from '../glob.ts'
import type { SpanView } from '../otlp/types.ts'
import { asKeyValue } from './business-keys.ts'
import type { AttributionRule } from './types.ts'

type Read = (span: SpanView) => string | undefined

/** Names in conditions that are no attribute names. */
const specialReads: Readonly<Record<string, Read>> = {
  'span.name': (span) => span.name,
  'scope.name': (span) => span.scopeName,
  route: (span) => attributeRead('http.route')(span) ?? attributeRead('business.endpoint')(span),
}

/** Returns a function for the keys that rules set on a span, the first matching rule first. */
export function compileRules(
  rules: readonly AttributionRule[],
): (span: SpanView) => readonly (readonly [string, string])[] {
  const compiled = rules.map((rule) => ({
    conditions: Object.entries(rule.when).map(([name, globs]) => ({
      read: specialReads[name] ?? attributeRead(name),
      globs: typeof globs === 'string' ? [globs] : globs,
    })),
    set: Object.entries(rule.set),
  }))
  if (compiled.length === 0) return () => NONE
  return (span) =>
    compiled
      .filter(({ conditions }) =>
        conditions.every(({ read, globs }) => {
          const value = read(span)
          return value !== undefined && globs.some((glob) => matchesGlob(glob, value))
        }),
      )
      .flatMap(({ set }) => set)
}

const NONE: readonly never[] = []

function attributeRead(name: string): Read {
  return (span) => asKeyValue(span.attribute(name)) ?? asKeyValue(span.resource.attributes.get(name))
}
