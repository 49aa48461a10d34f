import { expect, it } from 'vitest'
import { axisLabels } from './axis-labels.ts'

it.each([
  [
    [0, 5, 10],
    ['$0', '$5', '$10'],
  ],
  [
    [0, 0.2, 0.4, 0.6, 0.8, 1],
    ['$0', '$0.20', '$0.40', '$0.60', '$0.80', '$1.00'],
  ],
  [
    [0, 2.5, 5],
    ['$0', '$2.50', '$5.00'],
  ],
  [
    [0, 0.025, 0.05],
    ['$0', '$0.025', '$0.050'],
  ],
  [
    [0, 1e-7, 2e-7],
    ['$0', '$0.0000001', '$0.0000002'],
  ],
  [
    [0, 5000, 10_000, 15_000],
    ['$0', '$5,000', '$10.0K', '$15.0K'],
  ],
])('amounts %j beside a chart have as many digits as they need', (splits, labels) => {
  expect(axisLabels(splits, 'money')).toEqual(labels)
})

it('counts are short', () => {
  expect(axisLabels([0, 500, 1000, 25_000], 'count')).toEqual(['0', '500', '1,000', '25.0K'])
})
