import { readFileSync } from 'node:fs'
import type { Fact, SourceName } from './facts.ts'

/** Why the book doesn't follow a data set, or which one it follows. */
export interface Decision {
  provider: string
  /** One model, `prefix*`, or all of the provider's. */
  model?: string
  /** One kind of token, or all. */
  meter?: string
  /** The data set that is wrong or outdated; all that contradict the book if absent. */
  source?: SourceName
  /** For models the book doesn't have yet: whom to believe, in order. */
  order?: SourceName[]
  /** The name is not imported at all. */
  exclude?: boolean
  reason: string
}

/** The written decisions. Throws where one has no reason. */
export function readDecisions(): Decision[] {
  const decisions = JSON.parse(readFileSync(new URL('decisions.json', import.meta.url), 'utf8')) as Decision[]
  for (const decision of decisions) {
    if (!decision.reason)
      throw new Error(`a decision on ${decision.provider}/${decision.model ?? '*'} has no reason`)
  }
  return decisions
}

/** The decision that settles what a data set says of one rate. */
export function decisionFor(decisions: readonly Decision[], fact: Fact, meter: string): Decision | undefined {
  return decisions.find(
    (decision) =>
      decision.provider === fact.provider &&
      (decision.source === undefined || decision.source === fact.source) &&
      (decision.meter === undefined || decision.meter === meter) &&
      covers(decision.model, fact.model),
  )
}

/** Whom to believe about a model, in order. */
export function orderFor(
  decisions: readonly Decision[],
  provider: string,
  model: string,
): SourceName[] | undefined {
  return decisions.find(
    (decision) =>
      decision.order !== undefined && decision.provider === provider && covers(decision.model, model),
  )?.order
}

/** Whether a written decision keeps a name out of the book. */
export function isExcluded(decisions: readonly Decision[], provider: string, model: string): boolean {
  return decisions.some(
    (decision) =>
      decision.exclude === true && decision.provider === provider && covers(decision.model, model),
  )
}

function covers(pattern: string | undefined, model: string): boolean {
  if (pattern === undefined) return true
  return pattern.endsWith('*') ? model.startsWith(pattern.slice(0, -1)) : pattern === model
}
