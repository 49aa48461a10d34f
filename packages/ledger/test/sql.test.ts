import { existsSync, readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, test } from 'vitest'
import { OCTOBER, plantedSpend } from './planted-spend.ts'
import { ancestor, call } from './span.ts'
import { temporaryLedger } from './temporary-ledger.ts'

describe('SQL of one’s own', () => {
  test('has exact money, and says when there is more', async () => {
    const ledger = await temporaryLedger(plantedSpend())
    expect(
      await ledger.sql(
        'SELECT feature, sum(cost) AS cost, count(*) AS n FROM calls GROUP BY ALL ORDER BY cost DESC',
        2,
      ),
    ).toEqual({
      columns: [
        { name: 'feature', title: 'feature', type: 'text' },
        { name: 'cost', title: 'cost', type: 'money' },
        { name: 'n', title: 'n', type: 'count' },
      ],
      rows: [
        { feature: 'faq-bot', cost: '28400', n: 1415 },
        { feature: 'document-summary', cost: '12900', n: 97 },
      ],
      truncated: true,
    })
  })

  test('sees each outcome', async () => {
    const ledger = await temporaryLedger([
      ancestor({ span: 1, outcomes: { lead: 2 }, business: { feature: 'sales' } }),
    ])
    expect((await ledger.sql('SELECT feature, outcome, quantity FROM outcomes')).rows).toEqual([
      { feature: 'sales', outcome: 'lead', quantity: 2 },
    ])
  })

  test.each(['', ' ;\n'])('%j is no statement', async (statement) => {
    const ledger = await temporaryLedger()
    await expect(ledger.sql(statement)).rejects.toThrow('there is no statement')
  })

  test.each([
    'DROP TABLE storage.calls',
    'INSERT INTO storage.calls SELECT * FROM storage.calls',
    'UPDATE storage.calls SET cost = 0',
    'DELETE FROM storage.calls',
    'CREATE TABLE mine (i INTEGER)',
    'SELECT 1; DROP TABLE storage.calls',
    'BEGIN',
    'COMMIT; DROP TABLE storage.calls',
    "ATTACH '/tmp/other.duckdb'",
    "COPY calls TO '/tmp/stolen.csv'",
    "SELECT * FROM read_csv('/etc/hostname')",
    "SELECT * FROM read_text('/etc/hostname')",
    "SELECT * FROM '/etc/hostname'",
    'SET enable_external_access = true',
    'INSTALL httpfs',
    'LOAD httpfs',
    'PRAGMA database_list; SELECT 1',
  ])('%j is refused', async (statement) => {
    const ledger = await temporaryLedger([call({ cost: '1' })])
    await expect(ledger.sql(statement)).rejects.toMatchObject({ code: 'ledger_invalid_query' })
    expect(await ledger.total()).toEqual({ cost: '1', calls: 1, unpriced_calls: 0 })
    expect(existsSync('/tmp/stolen.csv')).toBe(false)
  })
})

describe('an exported file', () => {
  test.each(['parquet', 'csv'] as const)('in %s has every counted call with exact money', async (format) => {
    const ledger = await temporaryLedger([
      ...plantedSpend(),
      call({ cost: '1000', business: { feature: 'november' }, at: '2026-11-02T00:00:00Z' }),
      call({
        trace: 1,
        span: 1,
        cost: '9',
        at: OCTOBER.since.toISOString(),
        business: { feature: 'faq-bot' },
      }),
      call({
        trace: 1,
        span: 2,
        parent: 1,
        cost: '7',
        at: OCTOBER.since.toISOString(),
        business: { feature: 'nested' },
      }),
    ])
    const file = await ledger.export(format, OCTOBER)
    const instance = await DuckDBInstance.create()
    const connection = await instance.connect()
    const source =
      format === 'csv' ? `read_csv('${file.path}', types = { cost: 'DECIMAL(18, 12)' })` : `'${file.path}'`
    const result = await connection.runAndReadAll(
      `SELECT feature, sum(cost) AS cost, count(*) AS calls FROM ${source} GROUP BY ALL ORDER BY cost DESC`,
    )
    expect(file.rows).toBe(1566)
    expect(result.getRowsJson()).toEqual([
      ['faq-bot', '28400.000000000000', '1415'],
      ['document-summary', '12900.000000000000', '97'],
      ['code-assistant', '5993.000000000000', '53'],
      ['nested', '7.000000000000', '1'],
    ])
    connection.closeSync()
    instance.closeSync()
    await file.remove()
    expect(existsSync(file.path)).toBe(false)
  })

  test('lists its calls in order of time', async () => {
    const hours = ['12', '03', '23', '00']
    const ledger = await temporaryLedger()
    for (const hour of hours) await ledger.append([call({ cost: '1', at: `2026-10-01T${hour}:00:00Z` })])
    const file = await ledger.export('csv')
    const lines = readFileSync(file.path, 'utf8').trim().split('\n').slice(1)
    expect(lines.map((line) => /2026-10-01[T ](\d\d)/.exec(line)?.[1])).toEqual(hours.toSorted())
    await file.remove()
  })

  test('has only what the filter selects', async () => {
    const ledger = await temporaryLedger([
      call({ cost: '1', business: { feature: 'a' } }),
      call({ cost: '2', business: { feature: "o'b" } }),
    ])
    const file = await ledger.export('csv', { where: [{ key: 'feature', value: "o'b" }] })
    expect(readFileSync(file.path, 'utf8').trim().split('\n')).toHaveLength(2)
    expect(file.rows).toBe(1)
    await file.remove()
  })
})

test('dimensions are those every ledger has and the business keys of this one, with values by cost', async () => {
  const ledger = await temporaryLedger([
    call({ cost: '1', business: { zone: 'eu', 'a.b': 'x' } }),
    call({ cost: '2', business: { zone: 'us' } }),
    call({ unpriced: 'no_usage' }),
  ])
  const dimensions = await ledger.dimensions()
  expect(dimensions.slice(-2)).toEqual([
    { name: 'a.b', title: 'a.b', kind: 'business' },
    { name: 'zone', title: 'zone', kind: 'business' },
  ])
  expect(dimensions.slice(0, 3).map(({ name }) => name)).toEqual(['organization', 'application', 'feature'])
  expect(await ledger.dimensionValues('zone')).toEqual([
    { value: 'us', calls: 1, cost: '2' },
    { value: 'eu', calls: 1, cost: '1' },
    { value: null, calls: 1, cost: null },
  ])
  expect(await ledger.dimensionValues('a.b', { limit: 1 })).toEqual([{ value: null, calls: 2, cost: '2' }])
  expect((await ledger.dimensionValues('zone', { search: 'U' })).map(({ value }) => value)).toEqual([
    'us',
    'eu',
    null,
  ])
  expect((await ledger.dimensionValues('zone', { search: '%s' })).map(({ value }) => value)).toEqual([null])
})

test('dimensions are only what can be asked for, each once', async () => {
  const ledger = await temporaryLedger([
    call({ cost: '1', business: { zone: 'eu', model: 'mine', 'two words': 'x' } }),
  ])
  const names = (await ledger.dimensions()).map(({ name }) => name)
  expect(names.filter((name, index) => names.indexOf(name) < index || name.includes(' '))).toEqual([])
  expect(names.at(-1)).toBe('zone')
})

test('what takes more memory than there is says so, and what to ask for instead', async () => {
  const ledger = await temporaryLedger([call({ cost: '1' })], { memoryLimit: 1 })
  const given = await ledger.sql(`SELECT current_setting('memory_limit') AS given`)
  expect(given.rows).toEqual([{ given: '128.0 MiB' }])
  await expect(ledger.sql('SELECT len(list(range)) FROM range(100_000_000)')).rejects.toMatchObject({
    code: 'ledger_out_of_memory',
    message: expect.stringMatching(
      /^ledger \S+ may not take the memory that this needs \(.+\): ask for less/,
    ),
  })
  expect(await ledger.total()).toEqual({ cost: '1', calls: 1, unpriced_calls: 0 })
})

test('what was asked for somebody who went away is broken off, and what waits for a turn never begins', async () => {
  const ledger = await temporaryLedger([call({ cost: '1' })])
  const aborter = new AbortController()
  const reader = ledger.reader(aborter.signal)
  const endless = Array.from({ length: 3 }, () =>
    reader.sql('SELECT sum(hash(range)) FROM range(1_000_000_000_000)'),
  )
  const outcomes = Promise.allSettled(endless)
  setImmediate(() => aborter.abort('gone'))
  expect(await outcomes).toEqual(endless.map(() => ({ status: 'rejected', reason: 'gone' })))
  await expect(reader.contents()).rejects.toBe('gone')
  expect(await ledger.total()).toEqual({ cost: '1', calls: 1, unpriced_calls: 0 })
})
