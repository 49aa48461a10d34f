import { describe, expect, it } from 'vitest'
import { addMoney, compareMoney, formatMoney, formatMoneyChange, splitMoney } from './money.ts'

describe('formatMoney', () => {
  it.each([
    ['47293', '$47,293.00'],
    ['1234567890123456789.01', '$1,234,567,890,123,456,789.01'],
    ['28400.005', '$28,400.01'],
    ['-12.3', '−$12.30'],
    ['0', '$0.00'],
    ['0.311355713377', '$0.31'],
    ['0.000012345', '$0.0000123'],
    ['0.9999', '$1.00'],
    ['0.0999', '$0.0999'],
    ['0.09999', '$0.1000'],
    ['0.000000000001', '$0.000000000001'],
  ])('prints %s as %s', (amount, printed) => {
    expect(formatMoney(amount)).toBe(printed)
  })

  it('says that an unknown amount is unknown', () => {
    expect(formatMoney(null)).toBe('unknown')
  })

  it('never goes through a float: 0.1 + 0.2 is 0.3, and 2^53 + 1 keeps its last digit', () => {
    expect(addMoney('0.1', '0.2')).toBe('0.3')
    expect(formatMoney('9007199254740993', 0)).toBe('$9,007,199,254,740,993')
  })
})

describe('exact arithmetic', () => {
  it('adds amounts of different scale and sign', () => {
    expect(['18200', '7100', '3100'].reduce(addMoney)).toBe('28400')
    expect(addMoney('-0.005', '0.0049')).toBe('-0.0001')
  })

  it('orders amounts by value, not by text', () => {
    expect(['10', '9.99', '-1', '9.990'].sort(compareMoney)).toEqual(['-1', '9.99', '9.990', '10'])
  })

  it('shows the sign of a change', () => {
    expect([formatMoneyChange('3'), formatMoneyChange('-3'), formatMoneyChange('0')]).toEqual([
      '+$3.00',
      '−$3.00',
      '$0.00',
    ])
  })

  it('splits an amount into parts for setting', () => {
    expect(splitMoney('-47293.5')).toEqual({ sign: '−', whole: '47,293', fraction: '50' })
  })
})
