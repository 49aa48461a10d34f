import { readFileSync } from 'node:fs'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { type Ledger, openLedger, VIEWS } from '@spanmeter/ledger'
import { expect, onTestFinished, test } from 'vitest'
import { ancestor, call } from './span.ts'
import { temporaryLedger, temporaryPath } from './temporary-ledger.ts'

/** Business keys beyond the columns that there are for them, one that has none because of its name, and both kinds of role. */
const SPANS = [
  ancestor({ trace: 1, span: 1, business: { workflow: 'answer' } }),
  call({ trace: 1, span: 2, parent: 1, cost: '0.000000000001', business: { workflow: 'answer', zone: 'a' } }),
  call({ trace: 1, span: 3, parent: 2, cost: '0.1', milliseconds: 1, timeToFirstChunkSeconds: 0.0005 }),
  call({ trace: 1, span: 4, parent: 1, cost: '12345.678901234567', at: '2026-10-01T23:59:59.999Z' }),
  call({ trace: 2, span: 5, milliseconds: 0, unpriced: 'unknown_model', business: { 'not a column': 'x' } }),
  ...Array.from({ length: 20 }, (_, index) =>
    call({
      cost: `0.${index + 1}`,
      milliseconds: 2 ** index,
      at: `2026-10-0${1 + (index % 9)}T12:30:00Z`,
      outcomes: { resolved: index },
      business: { feature: `f${index % 3}`, zone: 'b', [`key.${index}`]: `value "${index}"` },
    }),
  ),
]

const RANGE = { since: new Date('2026-10-01'), until: new Date('2026-11-01') }

/** The schemas that earlier releases wrote. */
const SCHEMAS = [
  { version: 1, files: ['0001-spans.sql'] },
  { version: 2, files: ['0001-spans.sql', '0002-calls.sql'] },
]

test.each(SCHEMAS)(
  'a ledger of schema $version has the same figures in every view after it was opened, and takes spans',
  async (schema) => {
    const expected = await temporaryLedger(SPANS)
    const path = await ledgerOf(schema, SPANS)
    await expect(openLedger({ path, readOnly: true })).rejects.toMatchObject({ code: 'ledger_schema_older' })
    const migrated = await openLedger({ path })
    onTestFinished(() => migrated.close())

    expect(await figures(migrated)).toEqual(await figures(expected))
    const trace = call({ trace: 1 }).traceId
    expect(await migrated.trace(trace)).toEqual(await expected.trace(trace))
    const later = [
      ...SPANS,
      call({ trace: 1, span: 6, parent: 4, cost: '1', business: { zone: 'a', later: 'z' } }),
    ]
    for (const ledger of [migrated, expected]) await ledger.append(later)
    expect(await figures(migrated)).toEqual(await figures(expected))
  },
)

test.each(SCHEMAS)('a ledger of schema $version without a span is brought up to date', async (schema) => {
  const migrated = await openLedger({ path: await ledgerOf(schema, []) })
  onTestFinished(() => migrated.close())
  expect(await migrated.total()).toEqual({ cost: '0', calls: 0, unpriced_calls: 0 })
})

async function figures(ledger: Ledger): Promise<unknown> {
  const views = []
  for (const { name } of VIEWS) views.push(await ledger.view(name, RANGE))
  for (const by of ['zone', 'key.3', 'key.19', 'not_there'])
    views.push(await ledger.view('spend', { ...RANGE, by }))
  for (const relation of ['calls', 'spans', 'outcomes']) {
    views.push(await ledger.sql(`SELECT * FROM ${relation} ORDER BY ALL`))
  }
  return [views, await ledger.total(), await ledger.contents(), await ledger.dimensions()]
}

/** What these migrations make, filled with these spans as a ledger of today has settled them. */
async function ledgerOf(
  { version, files }: (typeof SCHEMAS)[number],
  spans: Parameters<Ledger['append']>[0],
): Promise<string> {
  const today = temporaryPath()
  const ledger = await openLedger({ path: today })
  await ledger.append(spans)
  await ledger.close()
  const path = temporaryPath()
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  for (const file of files)
    await connection.run(readFileSync(new URL(`../sql/migrations/${file}`, import.meta.url), 'utf8'))
  await connection.run(`ATTACH '${today}' AS today (READ_ONLY)`)
  const tables = version === 1 ? ['spans'] : ['calls', 'uncounted', 'business_keys']
  for (const table of tables) await copyRows(connection, table)
  await connection.run('CREATE TABLE schema_version (version INTEGER, applied TIMESTAMP)')
  await connection.run(`INSERT INTO schema_version SELECT unnest(range(1, ${version + 1})), now()::TIMESTAMP`)
  connection.closeSync()
  instance.closeSync()
  return path
}

/** The columns that there were; `trace_calls` was NULL on all but the first call of a trace. */
async function copyRows(connection: DuckDBConnection, table: string): Promise<void> {
  const names = await connection.runAndReadAll(
    `SELECT column_name FROM duckdb_columns()
     WHERE database_name = current_database() AND schema_name = 'storage' AND table_name = '${table}'`,
  )
  const columns = names
    .getRows()
    .map(([name]) => (name === 'trace_calls' ? 'nullif(trace_calls, 0) AS trace_calls' : String(name)))
  await connection.run(
    `INSERT INTO storage.${table} BY NAME SELECT ${columns.join(', ')} FROM today.storage.${table}
     ORDER BY ${table === 'business_keys' ? 'column_number' : 'started'}`,
  )
}
