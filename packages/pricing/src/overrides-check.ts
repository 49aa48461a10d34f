import type { OverridesInput, ScopeInput } from './overrides.ts'
import { checkSheet } from './price-file-check.ts'
import {
  collectProblems,
  isDay,
  isObject,
  type Path,
  type Problem,
  type Report,
  unknownKeys,
} from './problem.ts'

/** The overrides have mistakes. `problems` has the path of each, for a caller that knows which line a path is on. */
export class OverridesError extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(
      `the price overrides are wrong:\n${problems.map(({ path, message }) => `  ${path.join('.')}: ${message}`).join('\n')}`,
    )
    this.name = 'OverridesError'
    this.problems = problems
  }
}

const PARTS = ['aliases', 'prices', 'discounts', 'selfHosted', 'provisioned', 'currencies']
const SCOPE = ['provider', 'model', 'tenant', 'from', 'to']

/** Throws `OverridesError` with all that is wrong. */
export function checkOverrides(input: OverridesInput): void {
  const problems = collectProblems((report) => checkAll(input, report))
  if (problems.length > 0) throw new OverridesError(problems)
}

function checkAll(input: unknown, report: Report): void {
  if (!isObject(input)) {
    report([], 'expected a mapping')
    return
  }
  unknownKeys(input, PARTS, [], report)
  const { aliases, currencies } = input
  if (aliases !== undefined) {
    if (!isObject(aliases)) report(['aliases'], 'expected a mapping of names to listed models')
    else
      for (const [name, target] of Object.entries(aliases))
        if (typeof target !== 'string') report(['aliases', name], 'expected the name of a listed model')
  }
  each(input, 'prices', report, checkPrice)
  each(input, 'discounts', report, checkDiscount)
  each(input, 'selfHosted', report, checkSelfHosted)
  each(input, 'provisioned', report, (entry, path) => unknownKeys(entry, SCOPE, path, report))
  if (currencies !== undefined) checkCurrencies(currencies, report)
}

function each(
  input: Record<string, unknown>,
  part: string,
  report: Report,
  check: (entry: Record<string, unknown>, path: Path, report: Report) => void,
): void {
  const entries = input[part]
  if (entries === undefined) return
  if (!Array.isArray(entries)) {
    report([part], 'expected a list')
    return
  }
  for (const [index, entry] of entries.entries()) {
    const path = [part, index]
    if (!isObject(entry)) report(path, 'expected a mapping')
    else {
      checkScope(entry, path, report)
      check(entry, path, report)
    }
  }
}

function checkScope(entry: Record<string, unknown>, path: Path, report: Report): void {
  const { from, to } = entry as ScopeInput
  for (const key of ['provider', 'model', 'tenant'] as const) {
    if (entry[key] !== undefined && typeof entry[key] !== 'string')
      report([...path, key], 'expected a string')
  }
  for (const key of ['from', 'to'] as const) {
    if (entry[key] !== undefined && !isDay(entry[key]))
      report([...path, key], 'expected a date as in 2026-07-01')
  }
  if (isDay(from) && isDay(to) && Date.parse(from) >= Date.parse(to))
    report([...path, 'to'], `must be later than from (${from})`)
}

function checkPrice(entry: Record<string, unknown>, path: Path, report: Report): void {
  for (const key of ['provider', 'model']) if (entry[key] === undefined) report(path, `${key} is missing`)
  const { provider: _provider, model: _model, tenant: _tenant, from: _from, to: _to, ...sheet } = entry
  if (Object.keys(sheet).length === 0)
    report(path, 'no price is stated; for example perMillionTokens: { input: 2.5, output: 10 }')
  for (const problem of checkSheet(sheet)) report([...path, ...problem.path], problem.message)
}

function checkDiscount(entry: Record<string, unknown>, path: Path, report: Report): void {
  unknownKeys(entry, [...SCOPE, 'percent'], path, report)
  if (typeof entry.percent !== 'number' || !(entry.percent <= 100))
    report([...path, 'percent'], 'expected a number, at most 100; negative for a margin')
}

function checkSelfHosted(entry: Record<string, unknown>, path: Path, report: Report): void {
  unknownKeys(entry, [...SCOPE, 'perSecond', 'perGpuHour', 'gpus', 'currency'], path, report)
  if (entry.model === undefined) report(path, 'model is missing')
  if ((entry.perSecond === undefined) === (entry.perGpuHour === undefined))
    report(path, 'expected either perSecond or perGpuHour')
  for (const key of ['perSecond', 'perGpuHour', 'gpus']) {
    const value = entry[key]
    if (value !== undefined && !(typeof value === 'number' && value >= 0))
      report([...path, key], 'expected a number, 0 or more')
  }
}

function checkCurrencies(currencies: unknown, report: Report): void {
  if (!isObject(currencies)) {
    report(['currencies'], 'expected a mapping of currency codes to dated rates')
    return
  }
  for (const [code, rates] of Object.entries(currencies)) {
    if (!/^[A-Za-z]{3}$/.test(code)) report(['currencies', code], 'expected a code of three letters')
    if (!Array.isArray(rates)) {
      report(['currencies', code], 'expected a list of { from, usd }')
      continue
    }
    for (const [index, rate] of rates.entries()) {
      const path = ['currencies', code, index]
      if (!isObject(rate) || !isDay(rate.from)) report(path, 'expected from: a date as in 2026-07-01')
      else if (typeof rate.usd !== 'number' || !(rate.usd > 0))
        report([...path, 'usd'], 'expected USD for one unit, more than 0')
      else if (index > 0 && Date.parse(rates[index - 1].from) >= Date.parse(rate.from))
        report(path, 'expected the oldest rate first')
    }
  }
}
