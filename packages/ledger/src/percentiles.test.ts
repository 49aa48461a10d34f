import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { bucketOf } from './histogram.ts'
import { readPercentiles } from './percentiles.ts'

const durations = Array.from({ length: 5000 }, (_, index) => Math.round(1000 * 1.002 ** index))

test('percentiles are exact, of very many calls nearly: by key, and in all without what is counted elsewhere', async () => {
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  await connection.run(
    'CREATE TABLE calls (key VARCHAR, own BOOLEAN, duration_us BIGINT, duration_bucket USMALLINT)',
  )
  const rows = durations.flatMap((value, index) => [
    `('${index % 3 === 0 ? 'a' : 'b'}', true, ${value}, ${bucketOf(value)})`,
    `('outer', false, 7, ${bucketOf(7)})`,
  ])
  await connection.run(`INSERT INTO calls VALUES ${rows.join(', ')}`)
  const found = (calls: number): ReturnType<typeof readPercentiles> =>
    readPercentiles(connection, {
      relations: {
        sql: 'matching AS (FROM calls WHERE own), called AS (FROM calls WHERE NOT own), measured AS (FROM calls)',
        values: {},
      },
      overlapping: true,
      measures: ['duration'],
      keys: ['b', 'outer', 'a'],
      calls,
    })
  const [exact, bucketed] = [await found(1000), await found(2_000_000)]
  const sorted = await connection.runAndReadAll(
    `SELECT key, quantile_cont(duration_us, [0.5, 0.95]) FROM calls GROUP BY key
    UNION ALL SELECT NULL, quantile_cont(duration_us, [0.5, 0.95]) FROM calls WHERE own`,
  )
  expect(exact).toEqual(
    new Map(
      sorted
        .getRowsJson()
        .map(([key, percentiles]) => [key ?? undefined, { duration: percentiles as number[] }]),
    ),
  )
  expect([...bucketed.keys()].toSorted()).toEqual([...exact.keys()].toSorted())
  for (const [key, { duration }] of exact) {
    for (const [index, value] of duration!.entries())
      expect(Math.abs(bucketed.get(key)!.duration![index]! / value! - 1)).toBeLessThan(
        key === 'outer' ? 0.2 : 0.0055,
      )
  }
  connection.closeSync()
  instance.closeSync()
})
