import type { CellValue, Column } from '@spanmeter/ledger'
import { printable } from './printable.ts'

/** A cell of a view. A change has a sign even if it is positive. */
export function formatCell({ name, type }: Column, value: CellValue | undefined): string {
  const text = formatValue(value, type)
  const isChange = name === 'change' || name === 'change_ratio'
  return isChange && Number(value ?? 0) > 0 ? `+${text}`.replace('+<', '<') : text
}

/** Whether a column is of numbers, which are aligned to the right. */
export function isNumeric({ type }: Column): boolean {
  return type !== 'text' && type !== 'time' && type !== 'flag'
}

/** A value as a person reads it; `–` is unknown. */
export function formatValue(value: CellValue | undefined, type: Column['type']): string {
  if (value === null || value === undefined) return '–'
  switch (type) {
    case 'money':
      return formatMoney(String(value))
    case 'count':
      return grouped(String(value))
    case 'ratio':
      return formatRatio(Number(value))
    case 'milliseconds':
      return formatDuration(Number(value))
    case 'number':
      return Number(value).toLocaleString('en-US', { maximumFractionDigits: Number(value) < 10 ? 2 : 0 })
    case 'time':
      return String(value)
        .replace('T', ' ')
        .replace(/(:\d\d)\.\d+Z$/, '$1')
    case 'flag':
      return value ? 'yes' : 'no'
    default:
      return printable(String(value))
  }
}

/** A ratio that isn't zero is never printed as zero. */
function formatRatio(ratio: number): string {
  const percent = ratio * 100
  if (percent !== 0 && Math.abs(percent) < 0.1) return percent > 0 ? '<0.1%' : '>-0.1%'
  return `${percent.toFixed(1)}%`
}

/** In cents from one cent on; smaller amounts with enough digits to tell them apart. */
function formatMoney(amount: string): string {
  const value = Number(amount)
  const sign = value < 0 ? '-' : ''
  const magnitude = Math.abs(value)
  if (magnitude === 0) return '$0.00'
  if (magnitude >= 0.01) return `${sign}$${grouped(roundedToCents(amount.replace('-', '')))}`
  return `${sign}$${magnitude.toFixed(Math.min(12, 1 - Math.floor(Math.log10(magnitude))))}`
}

/** Rounds half up, digit by digit: as a floating-point number, half a cent would not be exact. */
function roundedToCents(amount: string): string {
  const [whole = '0', fraction = ''] = amount.split('.')
  const cents =
    BigInt(whole + fraction.padEnd(3, '0').slice(0, 2)) + (Number(fraction[2] ?? 0) >= 5 ? 1n : 0n)
  const digits = cents.toString().padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function grouped(digits: string): string {
  const [whole = '', fraction] = digits.split('.')
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`)
}

function formatDuration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
