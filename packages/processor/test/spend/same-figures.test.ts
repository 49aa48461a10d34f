import { dirname, join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { openLedger } from '@spanmeter/ledger'
import { describe, expect, test } from 'vitest'
import { plantedConversations, plantedSpend } from '../../../ledger/test/planted-spend.ts'
import { temporaryLedger, temporaryPath } from '../../../ledger/test/temporary-ledger.ts'
import { runSpanmeter } from './run-spanmeter.ts'
import { serveSpend } from './spend-server.ts'

const OCTOBER = ['--since', '2026-10-01', '--until', '2026-11-01']
const BY_FEATURE = [
  ['faq-bot', '28400', '1415'],
  ['document-summary', '12900', '97'],
  ['code-assistant', '5993', '53'],
]

describe.each(['the ledger file', 'a running spanmeter'])('the planted totals through %s', (place) => {
  /** The options that lead to the planted data. */
  async function planted(): Promise<string[]> {
    const spans = [...plantedSpend(), ...plantedConversations()]
    if (place === 'a running spanmeter') return ['--endpoint', await serveSpend(await temporaryLedger(spans))]
    const path = temporaryPath()
    const ledger = await openLedger({ path })
    await ledger.append(spans)
    await ledger.close()
    return ['--ledger', path]
  }

  // Each figure comes from a process of its own.
  test('table, JSON, CSV, SQL and Parquet agree to the last digit', { timeout: 180_000 }, async () => {
    const source = await planted()
    const directory = dirname(temporaryPath())
    const run = async (...arguments_: string[]): Promise<string> => {
      const { code, stdout, stderr } = await runSpanmeter([...arguments_, ...source])
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      return stdout
    }

    const json = JSON.parse(await run('report', ...OCTOBER, '--format', 'json'))
    expect(json.rows.map((row: Record<string, unknown>) => [row.key, row.cost, String(row.calls)])).toEqual(
      BY_FEATURE,
    )
    expect(json.totals).toMatchObject({ cost: '47293', calls: 1565 })

    const csv = await run('report', ...OCTOBER, '--format', 'csv')
    const [header, ...lines] = csv
      .trim()
      .split('\r\n')
      .map((line) => line.split(','))
    expect(
      lines.map((fields) => [fields[0], fields[header!.indexOf('cost')], fields[header!.indexOf('calls')]]),
    ).toEqual(BY_FEATURE)

    const table = await run('report', ...OCTOBER)
    expect(table).toMatch(/faq-bot +\$28,400\.00 +60\.1% █+ +1,415/)
    expect(table).toMatch(/document-summary +\$12,900\.00/)
    expect(table).toMatch(/code-assistant +\$5,993\.00/)
    expect(table).toMatch(/Total +\$47,293\.00 +100\.0% +1,565/)
    const tenants = await run(
      'report',
      '--by',
      'tenant',
      '--where',
      'feature=faq-bot',
      ...OCTOBER,
      '--format',
      'csv',
    )
    expect(
      tenants
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',').slice(0, 2)),
    ).toEqual([
      ['acme', '18200'],
      ['globex', '7100'],
      ['initech', '3100'],
    ])

    const sql = `select feature, sum(cost) as cost, count(*) as calls from calls
      where started >= '2026-10-01' group by all order by cost desc`
    const selected = JSON.parse(await run('sql', sql, '--format', 'json'))
    expect(
      selected.map((row: Record<string, unknown>) => [row.feature, row.cost, String(row.calls)]),
    ).toEqual(BY_FEATURE)

    for (const format of ['parquet', 'csv']) {
      const file = join(directory, `calls.${format}`)
      expect(await run('export', ...OCTOBER, '--format', format, '--output', file)).toBe(`${file}\n`)
      expect(await sums(file)).toEqual(BY_FEATURE)
    }

    const outcomes = JSON.parse(
      await run('report', 'outcomes', '--where', 'feature=support', '--format', 'json'),
    )
    expect(outcomes.rows).toEqual([
      {
        key: 'support',
        outcome: 'conversation_resolved',
        outcomes: 4320,
        cost_per_outcome: '4.21',
        cost: '18187.2',
        calls: 12_960,
      },
    ])
  })
})

/** Cost and calls by feature in an exported file, read by DuckDB itself. */
async function sums(file: string): Promise<unknown[]> {
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  const source = file.endsWith('csv')
    ? `read_csv('${file}', types = { cost: 'DECIMAL(18, 12)' })`
    : `'${file}'`
  const result = await connection.runAndReadAll(
    `SELECT feature, sum(cost)::DECIMAL(18, 0)::VARCHAR, count(*)::VARCHAR, sum(cost) % 1 = 0 FROM ${source} GROUP BY ALL ORDER BY sum(cost) DESC`,
  )
  connection.closeSync()
  instance.closeSync()
  return result
    .getRowsJson()
    .map(([feature, cost, calls, whole]) => [feature, whole === true ? cost : 'not whole', calls])
}
