import { expect, test } from 'vitest'
import { LONGEST_NUMBER, writeNumber } from './json-number.ts'

function written(value: number): string {
  const bytes = Buffer.alloc(LONGEST_NUMBER)
  return bytes.toString('latin1', 0, writeNumber(bytes, 0, value))
}

test.each([
  [0, '0'],
  [1, '1'],
  [0.5, '0.5'],
  [0.1, '0.1'],
  [12.25, '12.25'],
  [0.000000000001, '0.000000000001'],
  [0.000001250001, '0.000001250001'],
  [Number.MAX_SAFE_INTEGER / 1e12, '9007.199254740992'],
  [-1.5, '-1.5'],
  [5e-324, '5e-324'],
  [-1.7976931348623157e308, '-1.7976931348623157e+308'],
  [Number.NaN, '"NaN"'],
  [Number.POSITIVE_INFINITY, '"Infinity"'],
])('%d is written as %s', (value, text) => {
  expect(written(value)).toBe(text)
})

test('any double is read back as it was', () => {
  let seed = 1
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
  for (let round = 0; round < 20_000; round++) {
    const cost = Math.round(random() * 10 ** (1 + random() * 14)) / 1e12
    const any = random() * 10 ** (random() * 60 - 30)
    expect([JSON.parse(written(cost)), JSON.parse(written(any))]).toEqual([cost, any])
  }
})
