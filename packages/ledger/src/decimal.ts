/**
 * Money inside the ledger is a whole number of 10^-12 USD, the unit of the price lists, so that sums are exact.
 * DECIMAL(18, 12) in the store, `bigint` here, a decimal string at every edge.
 */
export const MONEY_SCALE = 12

const DECIMAL: RegExp = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/

/** Reads a decimal string into units of 10^-scale, rounding half away from zero. `undefined`: not a decimal. */
export function parseDecimal(text: string, scale: number = MONEY_SCALE): bigint | undefined {
  return parsePlain(text, scale) ?? parseAny(text, scale)
}

/**
 * Ten money columns of every call are parsed here: plain amounts whose digits a double holds exactly take no big
 * integers.
 */
function parsePlain(text: string, scale: number): bigint | undefined {
  if (text.length > 16) return undefined
  const point = text.indexOf('.')
  const fraction = point === -1 ? 0 : text.length - point - 1
  if (fraction > scale || point === text.length - 1) return undefined
  let digits = 0
  for (let index = 0; index < text.length; index++) {
    if (index === point) continue
    const digit = text.charCodeAt(index) - 48
    if (digit < 0 || digit > 9) return undefined
    digits = digits * 10 + digit
  }
  const shifted = digits * POWERS_OF_TEN[scale - fraction]!
  return text.length === 0 || point === 0 || shifted > Number.MAX_SAFE_INTEGER ? undefined : BigInt(shifted)
}

const POWERS_OF_TEN: readonly number[] = Array.from({ length: 13 }, (_, exponent) => 10 ** exponent)

function parseAny(text: string, scale: number): bigint | undefined {
  const match = DECIMAL.exec(text)
  if (match === null) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  const digits = BigInt(whole + fraction)
  const shift = scale - fraction.length + Number(exponent)
  const magnitude =
    shift >= 0 ? digits * 10n ** BigInt(shift) : roundedQuotient(digits, 10n ** BigInt(-shift))
  return sign === '-' ? -magnitude : magnitude
}

/** The shortest decimal string of `units` times 10^-scale. */
export function formatDecimal(units: bigint, scale: number = MONEY_SCALE): string {
  const sign = units < 0n ? '-' : ''
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '')
  return sign + whole + (fraction === '' ? '' : `.${fraction}`)
}

/** `dividend / divisor`, rounded half away from zero to a whole number. */
export function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n
  const top = dividend < 0n ? -dividend : dividend
  const bottom = divisor < 0n ? -divisor : divisor
  const quotient = (2n * top + bottom) / (2n * bottom)
  return negative ? -quotient : quotient
}

/** The exact sum of decimal strings; unknown amounts add nothing, and if all are unknown, so is the sum (`null`). */
export function sumMoney(amounts: readonly (string | null)[]): string | null {
  const known = amounts.flatMap((amount) => (amount === null ? [] : (parseDecimal(amount) ?? [])))
  return known.length === 0 ? null : formatDecimal(known.reduce((sum, units) => sum + units, 0n))
}
