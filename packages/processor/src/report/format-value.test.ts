import { expect, test } from 'vitest'
import { formatValue } from './format-value.ts'

test.each([
  ['47293', '$47,293.00'],
  ['47293.005', '$47,293.01'],
  ['1.0049999999', '$1.00'],
  ['0.01', '$0.01'],
  ['0.005', '$0.0050'],
  ['0.000012345', '$0.000012'],
  ['0', '$0.00'],
  ['-7.5', '-$7.50'],
  ['-0.001', '-$0.0010'],
  ['1234567.891', '$1,234,567.89'],
  [null, '–'],
])('money %s reads %s', (value, text) => {
  expect(formatValue(value, 'money')).toBe(text)
})

test.each([
  [0, '0.0%'],
  [0.0003, '<0.1%'],
  [-0.0003, '>-0.1%'],
  [-0.042, '-4.2%'],
])('the share %d reads %s: what is more than nothing never looks like nothing', (value, text) => {
  expect(formatValue(value, 'ratio')).toBe(text)
})

test('the other types read as people write them', () => {
  expect([
    formatValue(1234567, 'count'),
    formatValue(0.1234, 'ratio'),
    formatValue(812.4, 'milliseconds'),
    formatValue(3160, 'milliseconds'),
    formatValue(125_000, 'milliseconds'),
    formatValue(999.7, 'milliseconds'),
    formatValue(179_600, 'milliseconds'),
    formatValue(2.456, 'number'),
    formatValue('2026-10-01T12:00:00.123Z', 'time'),
    formatValue(true, 'flag'),
    formatValue(null, 'count'),
  ]).toEqual([
    '1,234,567',
    '12.3%',
    '812 ms',
    '3.2 s',
    '2 min 5 s',
    '1.0 s',
    '3 min 0 s',
    '2.46',
    '2026-10-01 12:00:00',
    'yes',
    '–',
  ])
})
