import {
  BIGINT,
  BOOLEAN,
  DECIMAL,
  DuckDBInstance,
  type DuckDBType,
  INTEGER,
  LIST,
  listValue,
  TIMESTAMP,
  UBIGINT,
  USMALLINT,
  UUID,
  VARCHAR,
} from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { appendRows, RowAppender } from './row-appender.ts'

/** What DuckDB shows of the values after they went through a table of one column. */
async function written(type: DuckDBType, values: readonly unknown[]): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    await connection.run(`CREATE TABLE written (position INTEGER, value ${type})`)
    const rows = values.map((value, position) => ({ value, position }))
    const columns = [
      { name: 'position', type: INTEGER, read: (row: (typeof rows)[number]) => row.position },
      { name: 'value', type, read: (row: (typeof rows)[number]) => row.value },
    ]
    await appendRows(connection, { name: 'written' }, columns, rows)
    const result = await connection.runAndReadAll('SELECT value::VARCHAR FROM written ORDER BY position')
    return result.getRows().map(([value]) => value)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

test.each<[type: DuckDBType, values: unknown[], shown: (string | null)[]]>([
  [BOOLEAN, [true, null, false], ['true', null, 'false']],
  [USMALLINT, [0, 65_535, null], ['0', '65535', null]],
  [INTEGER, [-1, 2_147_483_647, null], ['-1', '2147483647', null]],
  [
    BIGINT,
    [
      0,
      -1,
      4_294_967_296,
      Number.MAX_SAFE_INTEGER,
      Number.MIN_SAFE_INTEGER,
      9_223_372_036_854_775_807n,
      null,
    ],
    ['0', '-1', '4294967296', '9007199254740991', '-9007199254740991', '9223372036854775807', null],
  ],
  [UBIGINT, ['0000000000000001', 'fedcba9876543210', null], ['1', '18364758544493064720', null]],
  [
    UUID,
    ['00000000000000000000000000000001', 'fedcba98765432100123456789abcdef', null],
    ['00000000-0000-0000-0000-000000000001', 'fedcba98-7654-3210-0123-456789abcdef', null],
  ],
  [TIMESTAMP, [1_790_000_000_123_456n, null], ['2026-09-21 14:13:20.123456', null]],
  [
    DECIMAL(18, 12),
    [1n, -750_000_000n, 999_999_999_999_999_999n, null],
    ['0.000000000001', '-0.000750000000', '999999.999999999999', null],
  ],
  [LIST(INTEGER), [listValue([1, 2]), null], ['[1, 2]', null]],
])('%s holds exactly what was written, NULL included', async (type, values, shown) => {
  expect(await written(type, values)).toEqual(shown)
})

test('a text is the same whatever its length, its script and its neighbours', async () => {
  const texts = [
    '',
    'a',
    'twelve bytes',
    'thirteen bytes',
    null,
    'größer',
    'größer als zwölf',
    '日本語',
    '👋',
    'a\0b',
  ]
  expect(await written(VARCHAR, texts)).toEqual(texts)
})

test('more rows than fit one chunk are all there, in their order', async () => {
  const texts = Array.from({ length: 5_000 }, (_, row) =>
    row % 3 === 0 ? null : 'x'.repeat(row % 20) + String(row),
  )
  expect(await written(VARCHAR, texts)).toEqual(texts)
})

test('what a table refuses is not written later either', async () => {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run('CREATE TABLE written (value INTEGER NOT NULL)')
  const appender = await RowAppender.open(connection, { name: 'written' }, [
    { name: 'value', type: INTEGER, read: (value: number | null) => value },
  ])
  await connection.run('BEGIN')
  await expect(appender.append([1, null])).rejects.toThrow('NOT NULL')
  await connection.run('ROLLBACK')
  await appender.append([2])
  appender.close()
  const written = await connection.runAndReadAll('FROM written')
  expect(written.getRows()).toEqual([[2]])
  connection.closeSync()
  instance.closeSync()
})
