import type { Money } from '../api/types.ts'

/** An amount as `units / 10^scale`: no digit of a decimal string is lost on the way to the screen. */
interface Decimal {
  units: bigint
  scale: number
}

function parse(amount: string): Decimal {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount)
  if (!match) throw new TypeError(`not a decimal amount: ${amount}`)
  const [, sign, whole, fraction = ''] = match
  return { units: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length }
}

function rescale({ units, scale }: Decimal, to: number): bigint {
  if (to >= scale) return units * 10n ** BigInt(to - scale)
  const divisor = 10n ** BigInt(scale - to)
  const magnitude = units < 0n ? -units : units
  const rounded = (magnitude + divisor / 2n) / divisor
  return units < 0n ? -rounded : rounded
}

/** Digits after the point: cents from ten cents up; below that, as many as show three significant digits. */
function sensibleFraction({ units, scale }: Decimal): number {
  if (units === 0n) return 2
  const leadingPlace = String(units < 0n ? -units : units).length - scale
  return leadingPlace >= 0 ? 2 : Math.min(12, 3 - leadingPlace)
}

/** The parts of a printed amount, for those who set the fraction smaller than the whole. */
export interface PrintedMoney {
  sign: '' | '−'
  whole: string
  fraction: string
}

/**
 * Splits an amount for printing. With `fractionDigits` it is rounded to so many, half away from zero; else to a
 * sensible number.
 */
export function splitMoney(amount: string, fractionDigits?: number): PrintedMoney {
  const decimal = parse(amount)
  const digits = fractionDigits ?? sensibleFraction(decimal)
  const units = rescale(decimal, digits)
  const text = String(units < 0n ? -units : units).padStart(digits + 1, '0')
  const whole = digits === 0 ? text : text.slice(0, -digits)
  return {
    sign: units < 0n ? '−' : '',
    whole: whole.replace(/\B(?=(\d{3})+$)/g, ','),
    fraction: digits === 0 ? '' : text.slice(-digits),
  }
}

/** `28400` → `$28,400.00`; `0.000123` → `$0.000123`; unknown → `unknown`, never `$0`. */
export function formatMoney(amount: Money, fractionDigits?: number): string {
  if (amount === null) return 'unknown'
  const { sign, whole, fraction } = splitMoney(amount, fractionDigits)
  return `${sign}$${whole}${fraction && '.'}${fraction}`
}

/** With an explicit sign, for changes. */
export function formatMoneyChange(amount: Money): string {
  if (amount === null) return 'unknown'
  return compareMoney(amount, '0') > 0 ? `+${formatMoney(amount)}` : formatMoney(amount)
}

/** Every digit: for tool tips and copying. */
export function exactMoney(amount: Money): string {
  return amount === null ? 'unknown' : `${amount} USD`
}

function align(left: string, right: string): { left: bigint; right: bigint; scale: number } {
  const a = parse(left)
  const b = parse(right)
  const scale = Math.max(a.scale, b.scale)
  return { left: rescale(a, scale), right: rescale(b, scale), scale }
}

/** Negative, zero or positive, as a comparator wants it. */
export function compareMoney(left: string, right: string): number {
  const aligned = align(left, right)
  return aligned.left < aligned.right ? -1 : aligned.left > aligned.right ? 1 : 0
}

/** The exact sum of two amounts. */
export function addMoney(left: string, right: string): string {
  const aligned = align(left, right)
  return print(aligned.left + aligned.right, aligned.scale)
}

/** Without its sign. */
export function absoluteMoney(amount: string): string {
  return amount.replace(/^-/, '')
}

function print(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const whole = scale === 0 ? digits : digits.slice(0, -scale)
  const fraction = scale === 0 ? '' : digits.slice(-scale).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${whole}${fraction && '.'}${fraction}`
}

/** Only for lengths of bars and heights of points, never for a number that is read. */
export function approximateMoney(amount: Money): number {
  return amount === null ? 0 : Number(amount)
}
