import { decimal, formatDecimal, shift } from '../../src/decimal.ts'
import type { Sheet } from '../../src/price-file.ts'

/** What one data set says about one model at one time. */
export interface Fact {
  /** The data set, as decisions and files name it. */
  source: SourceName
  /** When the data set was taken. */
  date: string
  provider: string
  model: string
  /** First day of the price, where the data set knows it. */
  from?: string
  /** The day on which the next price of the same data set begins. */
  until?: string
  aliases?: string[]
  sheet: Sheet
}

export type SourceName = 'litellm' | 'portkey' | 'models.dev' | 'langfuse' | 'genai-prices'

/** A price per token as one per million tokens, without noise of binary fractions. */
export function perMillion(perToken: number): number {
  return Number(formatDecimal(shift(decimal(tidy(perToken)), -6)))
}

/** A price per call as one per thousand calls. */
export function perThousand(perCall: number): number {
  return Number(formatDecimal(shift(decimal(tidy(perCall)), -3)))
}

/** Cents, as Portkey states them, in dollars. */
export function dollars(cents: number): number {
  return Number(formatDecimal(shift(decimal(tidy(cents)), 2)))
}

/** A few sources carry the noise of binary arithmetic, as in 7.500000000000001e-7. */
function tidy(value: number): string {
  return String(Number(value.toPrecision(12)))
}

/** The object without its undefined members. */
export function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never
}
