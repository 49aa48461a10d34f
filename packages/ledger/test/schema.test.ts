import { readdirSync, readFileSync } from 'node:fs'
import { VIEWS } from '@spanmeter/ledger'
import { expect, test } from 'vitest'
import { temporaryLedger } from './temporary-ledger.ts'

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

test('every view is one SQL file, and every file is listed', () => {
  const files = readdirSync(new URL('../sql/views', import.meta.url)).map((file) => file.replace('.sql', ''))
  expect(files.toSorted()).toEqual(VIEWS.map(({ name }) => name).toSorted())
})

test('the README explains every column that SQL sees, and every view', async () => {
  const readme = read('README.md')
  const ledger = await temporaryLedger()
  for (const relation of ['calls', 'spans']) {
    const { rows } = await ledger.sql(`DESCRIBE ${relation}`)
    for (const { column_name } of rows) expect(readme).toContain(`\`${column_name}\``)
  }
  for (const { name } of VIEWS) expect(readme).toMatch(new RegExp(`^\\| \`${name}\` +\\|`, 'm'))
  for (const match of read('src/errors.ts').matchAll(/\| '(ledger_\w+)'/g))
    expect(readme).toContain(`\`${match[1]}\``)
})
