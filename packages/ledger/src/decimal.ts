/**
 * Money inside the ledger is a whole number of 10^-12 USD, the unit of the price lists, so that sums are exact.
 * DECIMAL(18, 12) in the store, `bigint` here, a decimal string at every edge.
 */
export const MONEY_SCALE = 12

const DECIMAL: RegExp = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/

/** Reads a decimal string into units of 10^-scale, half away from zero beyond that. `undefined`: not a decimal. */
export function parseDecimal(text: string, scale: number = MONEY_SCALE): bigint | undefined {
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
