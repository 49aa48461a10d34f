import { expect, test } from 'vitest'
import { call } from '../span.ts'
import { temporaryLedger } from '../temporary-ledger.ts'

const at = (
  time: string,
  feature: string | undefined,
  cost: string,
  inputTokens: number,
): ReturnType<typeof call> =>
  call({
    at: `2026-10-${time}:00Z`,
    cost,
    usage: { inputTokens },
    business: feature === undefined ? {} : { feature },
  })

test('cost and tokens a day, the dearest keys by name and the rest as one', async () => {
  const ledger = await temporaryLedger([
    at('01T00:00', 'a', '1', 10),
    at('01T23:59', 'a', '2', 20),
    at('02T00:00', 'a', '4', 40),
    at('01T10:00', 'b', '0.5', 5),
    at('02T10:00', undefined, '0.25', 2),
    at('02T11:00', 'c', '0.125', 1),
  ])
  const { rows, totals, bucket } = await ledger.view('trend', { bucket: 'day', limit: 2 })
  expect(bucket).toBe('day')
  expect(
    rows.map(({ bucket, key, other, cost, calls, input_tokens }) => [
      bucket,
      key,
      other,
      cost,
      calls,
      input_tokens,
    ]),
  ).toEqual([
    ['2026-10-01T00:00:00.000Z', 'a', false, '3', 2, 30],
    ['2026-10-01T00:00:00.000Z', 'b', false, '0.5', 1, 5],
    ['2026-10-02T00:00:00.000Z', 'a', false, '4', 1, 40],
    ['2026-10-02T00:00:00.000Z', null, true, '0.375', 2, 3],
  ])
  expect(totals).toMatchObject({ cost: '7.875', calls: 6, input_tokens: 78 })
})

test.each([
  ['2026-10-01T00:00:00Z', '2026-10-01T03:00:00Z', 'minute'],
  ['2026-10-01T00:00:00Z', '2026-10-08T00:00:00Z', 'hour'],
  ['2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z', 'day'],
  ['2025-10-01T00:00:00Z', '2026-10-01T00:00:00Z', 'week'],
])('from %s to %s the bucket is a %s', async (since, until, bucket) => {
  const ledger = await temporaryLedger()
  expect(await ledger.view('trend', { since: new Date(since), until: new Date(until) })).toMatchObject({
    bucket,
  })
})
