import { DuckDBInstance } from '@duckdb/node-api'
import { openLedger } from '@spanmeter/ledger'
import { expect, onTestFinished, test } from 'vitest'
import { call } from '../span.ts'
import { temporaryLedger, temporaryPath } from '../temporary-ledger.ts'

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

test('each bucket has beside it what the period before cost as far from its start, by the same keys', async () => {
  const ledger = await temporaryLedger([
    // From 2 October 06:00 to 4 October 06:00, and the two days before.
    at('02T07:00', 'a', '4', 40),
    at('03T07:00', 'b', '2', 20),
    at('04T05:00', undefined, '1', 10),
    at('01T07:00', 'a', '3', 30),
    at('01T17:00', 'gone', '0.5', 5),
    at('02T05:59', 'b', '8', 80),
  ])
  const { rows, totals, range, columns } = await ledger.view('trend', {
    since: new Date('2026-10-02T06:00:00Z'),
    until: new Date('2026-10-04T06:00:00Z'),
    compare: 'previous',
    bucket: 'day',
    limit: 2,
  })
  expect(range.previous_since).toBe('2026-09-30T06:00:00.000Z')
  expect(columns.map(({ name }) => name)).toContain('previous_cost')
  expect(
    rows.map(({ bucket, key, other, cost, calls, previous_cost, change }) => [
      String(bucket).slice(0, 10),
      key,
      other,
      cost,
      calls,
      previous_cost,
      change,
    ]),
  ).toEqual([
    ['2026-10-02', 'a', false, '4', 1, '0', '4'],
    ['2026-10-03', 'b', false, '2', 1, '0', '2'],
    ['2026-10-03', 'a', false, '0', 0, '3', '-3'],
    ['2026-10-03', null, true, '0', 0, '0.5', '-0.5'],
    ['2026-10-04', 'b', false, '0', 0, '8', '-8'],
    ['2026-10-04', null, true, '1', 1, '0', '1'],
  ])
  expect(totals).toMatchObject({ cost: '7', calls: 3, previous_cost: '11.5', change: '-4.5' })
})

test('more points than anybody looks at are refused, with what to ask for instead', async () => {
  const path = temporaryPath()
  const written = await openLedger({ path })
  await written.append([at('01T00:00', 'a', '1', 10)])
  await written.close()
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  await connection.run(
    `INSERT INTO storage.calls SELECT calls.* REPLACE (started + to_minutes(1 + minute) AS started)
    FROM storage.calls AS calls, range(100_000) AS minutes(minute)`,
  )
  connection.closeSync()
  instance.closeSync()
  const ledger = await openLedger({ path, readOnly: true })
  onTestFinished(() => ledger.close())
  await expect(ledger.view('trend', { bucket: 'minute' })).rejects.toThrow(
    'the trend has more than 100000 points: ask for a longer bucket, a shorter range or, with limit, fewer lines',
  )
  const { rows } = await ledger.view('trend', { bucket: 'hour' })
  expect(rows.reduce((sum, { calls }) => sum + Number(calls), 0)).toBe(100_001)
})
