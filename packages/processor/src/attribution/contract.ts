import { tagOf } from './environment.ts'
import type { TagContract, Violation } from './types.ts'

/** In which ways a call's tags break the contract. */
export function checkContract(
  business: Readonly<Record<string, string>>,
  environment: string | undefined,
  contract: TagContract | undefined,
): Violation[] {
  if (contract === undefined) return []
  const violations: Violation[] = []
  for (const key of contract.required ?? []) {
    if (tagOf(key, business, environment) === undefined) violations.push({ key, kind: 'missing' })
  }
  for (const [key, allowed] of Object.entries(contract.allowed ?? {})) {
    const value = tagOf(key, business, environment)
    if (value !== undefined && !allowed.includes(value)) violations.push({ key, kind: 'not_allowed', value })
  }
  return violations
}
