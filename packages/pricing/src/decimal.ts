/** An exact decimal: `units` × 10^-`scale`. Used where prices are composed; settled amounts use safe integers. */
export interface Decimal {
  readonly units: bigint
  readonly scale: number
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i

/** Parses `0.0028`, `1e-7`, `15`. Throws on anything that isn't a decimal number. */
export function decimal(value: number | string): Decimal {
  const match = DECIMAL.exec(String(value))
  if (match === null) throw new Error(`not a decimal number: ${value}`)
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  const scale = fraction.length - Number(exponent)
  const units = BigInt(`${sign}${whole}${fraction}`)
  return reduce(scale < 0 ? { units: units * 10n ** BigInt(-scale), scale: 0 } : { units, scale })
}

function reduce({ units, scale }: Decimal): Decimal {
  let reduced = units
  let digits = scale
  while (digits > 0 && reduced % 10n === 0n) {
    reduced /= 10n
    digits -= 1
  }
  return { units: reduced, scale: digits }
}

/** a × b, exactly. */
export function multiply(a: Decimal, b: Decimal): Decimal {
  return reduce({ units: a.units * b.units, scale: a.scale + b.scale })
}

/** value × 10^-`digits`: a price per million becomes a price per unit with `digits` 6. */
export function shift(value: Decimal, digits: number): Decimal {
  const scale = value.scale + digits
  return reduce(
    scale < 0 ? { units: value.units * 10n ** BigInt(-scale), scale: 0 } : { units: value.units, scale },
  )
}

/** a + b, exactly. */
export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return reduce({ units: atScale(a, scale) + atScale(b, scale), scale })
}

/** a − b, exactly. */
export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, { units: -b.units, scale: b.scale })
}

/** a ÷ b, rounded half up at 10^-12: an hourly price has no exact price per second. */
export function divide(a: Decimal, b: number): Decimal {
  const scale = Math.max(a.scale, 12)
  const divisor = BigInt(b)
  const units = atScale(a, scale)
  return reduce({ units: (units * 2n + divisor) / (divisor * 2n), scale })
}

/** The units of `value` at a scale that is no smaller than its own. */
export function atScale(value: Decimal, scale: number): bigint {
  return value.units * 10n ** BigInt(scale - value.scale)
}

/** Plain decimal: no exponent, no trailing zeros. */
export function formatDecimal({ units, scale }: Decimal): string {
  const sign = units < 0n ? '-' : ''
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  return sign + trimmed(digits, scale)
}

/** A whole number of 10^-`scale`: a safe integer with a `scale` of at most 15, which is what nearly every call needs, or a big one. */
export type Units = number | bigint

/** The double that is nearest to the exact amount. */
export function unitsToNumber(units: Units, scale: number): number {
  // Both operands are exact, so the quotient is rounded once, as parsing the decimal would be.
  return typeof units === 'number' ? units / POWERS[scale]! : Number(formatDecimal({ units, scale }))
}

/** Plain decimal: no exponent, no trailing zeros. */
export function formatUnits(units: Units, scale: number): string {
  if (typeof units === 'bigint') return formatDecimal({ units, scale })
  if (units < 0) return `-${formatUnits(-units, scale)}`
  const one = POWERS[scale]!
  const whole = Math.floor(units / one)
  let fraction = units - whole * one
  if (fraction === 0) return String(whole)
  let digits = scale
  while (fraction % 1000 === 0) {
    fraction /= 1000
    digits -= 3
  }
  while (fraction % 10 === 0) {
    fraction /= 10
    digits -= 1
  }
  const text = String(fraction)
  return `${whole}.${ZEROS[digits - text.length]}${text}`
}

const POWERS = Array.from({ length: 16 }, (_, scale) => 10 ** scale)
const ZEROS = POWERS.map((_, length) => '0'.repeat(length))

function trimmed(digits: string, scale: number): string {
  const point = digits.length - scale
  let end = digits.length
  while (end > point && digits.charCodeAt(end - 1) === 48) end -= 1
  return end === point ? digits.slice(0, point) : `${digits.slice(0, point)}.${digits.slice(point, end)}`
}

export const ZERO: Decimal = { units: 0n, scale: 0 }
export const ONE: Decimal = { units: 1n, scale: 0 }
