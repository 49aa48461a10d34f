import { TOKEN_METERS } from './price-file.ts'
import {
  collectProblems,
  isDay,
  isObject,
  type Path,
  type Problem,
  type Report,
  unknownKeys,
} from './problem.ts'

/** Highest plausible price by unit, in USD-like currencies: a higher price must be for another unit. */
const HIGHEST: Record<string, number> = {
  perMillionTokens: 2_000,
  perMillionCharacters: 500,
  perSecond: 5,
  perMinute: 20,
  perHour: 200,
  perImage: 5,
  perThousandPages: 100,
  perThousandAnnotatedPages: 100,
  perThousandSearchUnits: 100,
  perThousandRequests: 1_000,
  perThousandCalls: 1_000,
}

const RATES = [
  'perMillionCharacters',
  'perSecond',
  'perMinute',
  'perHour',
  'perThousandPages',
  'perThousandAnnotatedPages',
  'perThousandSearchUnits',
]
const SHEET = [
  ...Object.keys(HIGHEST),
  'currency',
  'perSecondBySize',
  'minimumSeconds',
  'context',
  'thinking',
  'tiers',
  'regions',
  'windows',
]
const PRICE = [...SHEET, 'from', 'sources', 'checked', 'note']
const FILE = [
  'provider',
  'name',
  'aliases',
  'hosts',
  'pages',
  'currency',
  'makers',
  'resells',
  'tierFactors',
  'tierAliases',
  'perThousandCalls',
  'models',
]

/** All that is wrong with the sheet of a price. Paths begin at the sheet. */
export function checkSheet(sheet: object): Problem[] {
  return collectProblems((report) => sheetProblems(sheet as Record<string, unknown>, [], SHEET, report))
}

/** All that is wrong with a file under `data/`. */
export function checkProviderFile(file: unknown): Problem[] {
  return collectProblems((report) => {
    if (!isObject(file)) {
      report([], 'expected an object')
      return
    }
    unknownKeys(file, FILE, [], report)
    for (const key of ['provider', 'name']) if (typeof file[key] !== 'string') report([key], 'is missing')
    if (!Array.isArray(file.pages) || file.pages.length === 0)
      report(['pages'], 'name at least one price page of the provider')
    if (!isObject(file.models)) {
      report(['models'], 'is missing')
      return
    }
    if (file.perThousandCalls !== undefined) callFees(file.perThousandCalls, ['perThousandCalls'], report)
    const names = new Map<string, string>()
    for (const [id, model] of Object.entries(file.models)) modelProblems(id, model, names, report)
  })
}

function modelProblems(id: string, model: unknown, names: Map<string, string>, report: Report): void {
  const path: Path = ['models', id]
  if (!isObject(model)) {
    report(path, 'expected an object')
    return
  }
  unknownKeys(model, ['aliases', 'prices'], path, report)
  for (const name of [id, ...(Array.isArray(model.aliases) ? model.aliases : [])]) {
    const key = String(name).toLowerCase()
    const other = names.get(key)
    if (other !== undefined) report(path, `the name ${name} is taken by ${other}`)
    names.set(key, id)
  }
  if (!Array.isArray(model.prices) || model.prices.length === 0) {
    report([...path, 'prices'], 'expected at least one dated price')
    return
  }
  let before = ''
  for (const [index, price] of model.prices.entries()) {
    const at: Path = [...path, 'prices', index]
    if (!isObject(price)) {
      report(at, 'expected an object')
      continue
    }
    if (!isDay(price.from))
      report([...at, 'from'], 'is missing: the first day of the price, as in 2026-07-01')
    else if (price.from <= before)
      report([...at, 'from'], `overlaps: it must be later than ${before}, the price before it`)
    if (!isDay(price.checked)) report([...at, 'checked'], 'is missing: the day on which the source was read')
    if (!Array.isArray(price.sources) || price.sources.length === 0)
      report([...at, 'sources'], 'is missing: where the price was read')
    before = typeof price.from === 'string' ? price.from : before
    sheetProblems(price, at, PRICE, report)
  }
}

function sheetProblems(
  sheet: Record<string, unknown>,
  path: Path,
  known: readonly string[],
  report: Report,
): void {
  unknownKeys(sheet, known, path, report)
  for (const unit of RATES) if (sheet[unit] !== undefined) rate(sheet[unit], unit, [...path, unit], report)
  if (sheet.perMillionTokens !== undefined)
    tokenRates(sheet.perMillionTokens, [...path, 'perMillionTokens'], report)
  if (sheet.perImage !== undefined) nested(sheet.perImage, 'perImage', 2, [...path, 'perImage'], report)
  if (sheet.perSecondBySize !== undefined)
    nested(sheet.perSecondBySize, 'perSecond', 1, [...path, 'perSecondBySize'], report)
  if (sheet.perThousandRequests !== undefined)
    nested(sheet.perThousandRequests, 'perThousandRequests', 1, [...path, 'perThousandRequests'], report)
  if (sheet.perThousandCalls !== undefined)
    callFees(sheet.perThousandCalls, [...path, 'perThousandCalls'], report)
  contextSheets(sheet.context, [...path, 'context'], report)
  if (sheet.thinking !== undefined) subSheet(sheet.thinking, [...path, 'thinking'], report)
  for (const key of ['tiers', 'regions'] as const) {
    const sheets = sheet[key]
    if (sheets === undefined) continue
    if (!isObject(sheets)) report([...path, key], 'expected an object')
    else for (const [name, value] of Object.entries(sheets)) subSheet(value, [...path, key, name], report)
  }
  windowSheets(sheet.windows, [...path, 'windows'], report)
}

function subSheet(value: unknown, path: Path, report: Report): void {
  if (!isObject(value)) {
    report(path, 'expected an object')
    return
  }
  if ('factor' in value) {
    unknownKeys(value, ['factor'], path, report)
    if (typeof value.factor !== 'number' || !(value.factor > 0 && value.factor < 10))
      report([...path, 'factor'], 'expected a factor between 0 and 10')
  } else sheetProblems(value, path, SHEET, report)
}

function contextSheets(sheets: unknown, path: Path, report: Report): void {
  if (sheets === undefined) return
  if (!Array.isArray(sheets)) {
    report(path, 'expected a list')
    return
  }
  let before = -1
  for (const [index, sheet] of sheets.entries()) {
    const at = [...path, index]
    if (!isObject(sheet)) {
      report(at, 'expected an object')
      continue
    }
    unknownKeys(sheet, ['above', 'from', 'perMillionTokens', 'thinking'], at, report)
    if ((sheet.above === undefined) === (sheet.from === undefined))
      report(at, 'expected either above or from')
    const threshold = Number(sheet.above ?? sheet.from)
    if (!(threshold > before)) report(at, `overlaps: thresholds must rise, ${threshold} follows ${before}`)
    before = threshold
    tokenRates(sheet.perMillionTokens, [...at, 'perMillionTokens'], report)
  }
}

function windowSheets(windows: unknown, path: Path, report: Report): void {
  if (windows === undefined) return
  if (!Array.isArray(windows)) {
    report(path, 'expected a list')
    return
  }
  for (const [index, window] of windows.entries()) {
    const at = [...path, index]
    const hours = isObject(window) && Array.isArray(window.hours) ? window.hours : []
    if (
      hours.length === 0 ||
      !hours.every((value) => /^([01]\d|2[0-4]):[03]0-([01]\d|2[0-4]):[03]0$/.test(String(value)))
    ) {
      report([...at, 'hours'], 'expected half-hours as in 16:30-00:30')
    }
    if (isObject(window)) tokenRates(window.perMillionTokens, [...at, 'perMillionTokens'], report)
  }
}

function tokenRates(rates: unknown, path: Path, report: Report): void {
  if (!isObject(rates) || Object.keys(rates).length === 0) {
    report(path, 'expected rates by kind of token')
    return
  }
  for (const [meter, value] of Object.entries(rates)) {
    if (!(TOKEN_METERS as readonly string[]).includes(meter))
      report([...path, meter], `is not a kind of token; expected one of ${TOKEN_METERS.join(', ')}`)
    else rate(value, 'perMillionTokens', [...path, meter], report)
  }
}

function callFees(fees: unknown, path: Path, report: Report): void {
  if (!isObject(fees)) {
    report(path, 'expected fees by tool')
    return
  }
  for (const [tool, fee] of Object.entries(fees)) {
    if (!isObject(fee)) rate(fee, 'perThousandCalls', [...path, tool], report)
    else {
      unknownKeys(fee, ['price', 'low', 'medium', 'high', 'per', 'freeAllowance'], [...path, tool], report)
      for (const key of ['price', 'low', 'medium', 'high'])
        if (fee[key] !== undefined) rate(fee[key], 'perThousandCalls', [...path, tool, key], report)
    }
  }
}

function nested(value: unknown, unit: string, depth: number, path: Path, report: Report): void {
  if (depth > 0 && isObject(value))
    for (const [key, inner] of Object.entries(value)) nested(inner, unit, depth - 1, [...path, key], report)
  else rate(value, unit, path, report)
}

function rate(value: unknown, unit: string, path: Path, report: Report): void {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    report(path, 'expected a price, 0 or more')
  else if (value > HIGHEST[unit]!)
    report(path, `${value} is not a plausible price ${unit}: is it for another unit?`)
  else if (value > 0 && unit === 'perMillionTokens' && value < 0.0001)
    report(path, `${value} is not a plausible price ${unit}: is it for one token?`)
}
