import type { TagContract, Violation } from './types.ts'

/** In which ways a call's business keys break the contract. */
export function checkContract(
  business: Readonly<Record<string, string>>,
  contract: TagContract | undefined,
): Violation[] {
  if (contract === undefined) return []
  const violations: Violation[] = []
  for (const key of contract.required ?? []) {
    if (business[key] === undefined) violations.push({ key, kind: 'missing' })
  }
  for (const [key, allowed] of Object.entries(contract.allowed ?? {})) {
    const value = business[key]
    if (value !== undefined && !allowed.includes(value)) violations.push({ key, kind: 'not_allowed', value })
  }
  return violations
}
