import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { ARRAY_GROUPING_BITS } from './database.ts'
import { bucketOf, type PercentileQuery, percentile, readPercentiles } from './percentiles.ts'

const durations = Array.from({ length: 5000 }, (_, index) => Math.round(1000 * 1.002 ** index))

test('a percentile read off the histogram is within one percent', () => {
  const histogram = new Map<number, number>()
  for (const value of durations) histogram.set(bucketOf(value), (histogram.get(bucketOf(value)) ?? 0) + 1)
  for (const at of [0, 0.01, 0.5, 0.95, 0.99, 1]) {
    const exact = durations[Math.round(at * (durations.length - 1))]!
    expect(Math.abs(percentile(histogram, at) / exact - 1)).toBeLessThan(0.011)
  }
})

test.each([0, -5, 1, 2, 3_600_000_000, Number.MAX_SAFE_INTEGER])('%d µs has a bucket', (microseconds) => {
  const bucket = bucketOf(microseconds)
  expect(bucket).toBeGreaterThan(0)
  expect(bucket).toBeLessThan(2 ** 16)
})

test('durations of up to an hour are counted by key in an array, not in a hash table', async () => {
  const instance = await DuckDBInstance.create(':memory:', {
    perfect_ht_threshold: String(ARRAY_GROUPING_BITS),
  })
  const connection = await instance.connect()
  await connection.run(
    `CREATE TABLE calls AS SELECT 'a' AS key, unnest([${bucketOf(undefined)}, ${bucketOf(3_600_000_000)}])::USMALLINT AS bucket`,
  )
  const plan = await connection.runAndReadAll(
    `EXPLAIN SELECT greatest(list_position(['a', 'b'], key), 0)::UTINYINT, bucket, count(*) FROM calls GROUP BY ALL`,
  )
  expect(String(plan.getRows()[0]![1])).toContain('PERFECT_HASH_GROUP_BY')
  connection.closeSync()
  instance.closeSync()
})

test('very many calls have nearly the percentiles that fewer have exactly: by key, and in all without what is counted elsewhere or was not measured', async () => {
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  await connection.run(
    'CREATE TABLE calls (key VARCHAR, own BOOLEAN, duration_us BIGINT, duration_bucket USMALLINT)',
  )
  const rows = durations.flatMap((value, index) => [
    `('${index % 3 === 0 ? 'a' : 'b'}', true, ${value}, ${bucketOf(value)})`,
    `('outer', false, 7, ${bucketOf(7)})`,
    `('a', true, NULL, ${bucketOf(undefined)})`,
  ])
  await connection.run(`INSERT INTO calls VALUES ${rows.join(', ')}`)
  const query: Omit<PercentileQuery, 'calls'> = {
    relations: {
      sql: 'matching AS (FROM calls WHERE own), called AS (FROM calls WHERE NOT own), measured AS (FROM calls)',
      values: {},
    },
    overlapping: true,
    measures: ['duration'],
    keys: ['b', 'outer', 'a'],
    allKeys: 3,
  }
  const found = (calls: number): ReturnType<typeof readPercentiles> =>
    readPercentiles(connection, { ...query, calls })
  const [exact, bucketed] = [await found(1000), await found(2_000_000)]
  const [own, some] = [
    await readPercentiles(connection, { ...query, overlapping: false, keys: ['a', 'b'], calls: 1000 }),
    await readPercentiles(connection, { ...query, overlapping: false, keys: ['b'], calls: 1000 }),
  ]
  expect([...own].toSorted()).toEqual([...exact].filter(([key]) => key !== 'outer').toSorted())
  expect([...some].toSorted()).toEqual([...own].filter(([key]) => key !== 'a').toSorted())
  const among = await readPercentiles(connection, { ...query, allKeys: 1_000_000, calls: 2_000_000 })
  expect([...among]).toEqual([...bucketed])
  expect([...bucketed.keys()].toSorted()).toEqual([...exact.keys()].toSorted())
  for (const [key, { duration }] of exact) {
    for (const [index, value] of duration!.entries())
      expect(Math.abs(bucketed.get(key)!.duration![index]! / value! - 1)).toBeLessThan(
        key === 'outer' ? 0.2 : 0.011,
      )
  }
  connection.closeSync()
  instance.closeSync()
})
