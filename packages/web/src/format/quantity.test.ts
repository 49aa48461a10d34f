import { describe, expect, it } from 'vitest'
import { formatCompact, formatMilliseconds, formatRatio, formatRatioChange } from './quantity.ts'

describe('quantities', () => {
  it.each([
    [0, '0.0%'],
    [0.6005, '60.1%'],
    [0.0004, '<0.1%'],
    [-0.0004, '>−0.1%'],
    [-0.042, '−4.2%'],
    [12.5, '1,250%'],
  ])('the ratio %d is %s: what is more than nothing never looks like nothing', (ratio, printed) => {
    expect(formatRatio(ratio)).toBe(printed)
  })

  it('changes carry their sign', () => {
    expect([0.409, -0.133, 0].map(formatRatioChange)).toEqual(['+40.9%', '−13.3%', '0.0%'])
  })

  it.each([
    [812.4, '812 ms'],
    [3150, '3.15 s'],
    [8300, '8.30 s'],
    [999.7, '1.00 s'],
    [125_000, '2 min 5 s'],
    [179_600, '3 min 0 s'],
    [7_500_000, '2 h 5 min'],
  ])('%d milliseconds are %s', (milliseconds, printed) => {
    expect(formatMilliseconds(milliseconds)).toBe(printed)
  })

  it('large counts keep three digits', () => {
    expect([9999, 21_000, 1_241_000, 2_410_300_211].map(formatCompact)).toEqual([
      '9,999',
      '21.0K',
      '1.24M',
      '2.41B',
    ])
  })
})
