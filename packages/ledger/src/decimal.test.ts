import { describe, expect, test } from 'vitest'
import { formatDecimal, parseDecimal, roundedQuotient } from './decimal.ts'

describe('decimals', () => {
  test.each([
    ['0', 0n],
    ['47293', 47_293_000_000_000_000n],
    ['0.000000000001', 1n],
    ['-1.5', -1_500_000_000_000n],
    ['2.5e-7', 250_000n],
    ['1E+2', 100_000_000_000_000n],
  ])('%s is read exactly', (text, units) => {
    expect(parseDecimal(text)).toBe(units)
  })

  test('what is finer than the scale is rounded half away from zero', () => {
    expect(
      ['0.0000000000004', '0.0000000000005', '-0.0000000000005'].map((text) => parseDecimal(text)),
    ).toEqual([0n, 1n, -1n])
  })

  test.each(['', 'NaN', '1,5', '$1', '1.', '0x1', '1e9999'])('%j is not a decimal', (text) => {
    expect(parseDecimal(text)).toBeUndefined()
  })

  test('the shortest string is written, with no exponent', () => {
    expect(
      [0n, 1n, -1_500_000_000_000n, 47_293_000_000_000_000n].map((units) => formatDecimal(units)),
    ).toEqual(['0', '0.000000000001', '-1.5', '47293'])
  })

  test('a quotient is rounded half away from zero', () => {
    expect([
      roundedQuotient(1n, 2n),
      roundedQuotient(-1n, 2n),
      roundedQuotient(2n, 3n),
      roundedQuotient(1n, 3n),
    ]).toEqual([1n, -1n, 1n, 0n])
  })
})
