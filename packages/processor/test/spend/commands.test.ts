import { writeFileSync } from 'node:fs'
import { openLedger } from '@spanmeter/ledger'
import { expect, test } from 'vitest'
import { call } from '../../../ledger/test/span.ts'
import { temporaryLedger, temporaryPath } from '../../../ledger/test/temporary-ledger.ts'
import { runSpanmeter } from './run-spanmeter.ts'
import { serveSpend } from './spend-server.ts'

test('a ledger that is not there, and no spanmeter running: one line that says what to do', async () => {
  const path = temporaryPath()
  expect(await runSpanmeter(['report', '--ledger', path])).toEqual({
    code: 1,
    stdout: '',
    stderr: `spanmeter: there is no ledger at ${path}: start spanmeter to create one, or name the file with --ledger\n`,
  })
})

test('an endpoint where nothing listens says so', async () => {
  const { code, stderr } = await runSpanmeter(['report', '--endpoint', 'http://127.0.0.1:2'])
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      'spanmeter: no spanmeter answers at http://127.0.0.1:2 (connect ECONNREFUSED 127.0.0.1:2): start it, or set its address with --endpoint\n',
  })
})

test('a file that another process holds says which', async () => {
  const ledger = await temporaryLedger([call({ cost: '1' })])
  const { code, stderr } = await runSpanmeter(['report', '--ledger', ledger.path])
  expect(code).toBe(1)
  expect(stderr).toContain(`held by another process (PID ${process.pid})`)
})

test.each<[[string, ...string[]], string]>([
  [['report', '--by', "x';--"], "unknown dimension 'x';--'"],
  [['report', '--since', 'yesterday'], "'yesterday' is not a time"],
  [['report', '--where', 'feature'], "where is 'feature': give dimension=value"],
  [['report', '--compare', 'previous'], 'needs a start'],
  [['report', 'nothing'], 'Allowed choices are spend, trend'],
  [['report', '--endpoint', '127.0.0.1:4319'], 'Give a URL as in http://127.0.0.1:4319'],
  [['sql', 'select 1', '--limit', 'all'], 'Give a whole number'],
  [['sql', 'drop table storage.spans'], 'only SELECT is run here'],
])('%j is refused with the reason', async ([command, ...more], reason) => {
  const endpoint = await serveSpend(await temporaryLedger([call({ cost: '1' })]))
  const { code, stdout, stderr } = await runSpanmeter([command, '--endpoint', endpoint, ...more])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(reason)
  expect(stderr).not.toContain('    at ')
})

test('a report as CSV says what rows are left out, where they do not come among the rows', async () => {
  const calls = ['8', '4', '2'].map((cost) => call({ cost, business: { tenant: `of ${cost}` } }))
  const endpoint = await serveSpend(await temporaryLedger(calls))
  const report = ['report', '--by', 'tenant', '--format', 'csv', '--endpoint', endpoint]
  const { stdout, stderr } = await runSpanmeter([...report, '--limit', '1'])
  expect(stdout.trim().split('\r\n')).toHaveLength(2)
  expect(stderr).toBe('spanmeter: 2 more not shown, $6.00 in 2 calls (--limit)\n')
  expect((await runSpanmeter(report)).stderr).toBe('')
})

test('sql says when rows are left out', async () => {
  const endpoint = await serveSpend(await temporaryLedger())
  expect(
    await runSpanmeter([
      'sql',
      'select range as n, 0.10::decimal(18, 12) as cost from range(3)',
      '--limit',
      '2',
      '--endpoint',
      endpoint,
    ]),
  ).toEqual({
    code: 0,
    stdout: 'n  cost\n─  ────\n0   0.1\n1   0.1\n',
    stderr: 'spanmeter: more than 2 rows, the rest is left out (--limit)\n',
  })
})

test('where neither the file can be opened nor a spanmeter answers, both are said', async () => {
  const ledger = await temporaryLedger([call({ cost: '1' })])
  const config = `${ledger.path}.yaml`
  writeFileSync(config, `ledger: { path: ${ledger.path} }\nweb: { endpoint: "127.0.0.1:2" }\n`)
  const { code, stderr } = await runSpanmeter(['report', '--config', config])
  expect(code).toBe(1)
  expect(stderr).toContain(`held by another process (PID ${process.pid})`)
  expect(stderr).toContain('no spanmeter answers at http://127.0.0.1:2 (')
})

test('of the file, too, what is untagged is what lacks a key that the configuration requires', async () => {
  const path = temporaryPath()
  const ledger = await openLedger({ path })
  await ledger.append([call({ cost: '1', business: { team: 'search' } })])
  await ledger.close()
  const config = `${path}.yaml`
  const quality = async (required: string): Promise<string> => {
    writeFileSync(
      config,
      `ledger: { path: ${path} }\nattribution: { contract: { required: [${required}] } }\n`,
    )
    return (await runSpanmeter(['report', 'quality', '--format', 'csv', '--config', config])).stdout
  }
  expect(await quality('feature, shop')).toMatch(/untagged,feature,1,1\r\nuntagged,shop,1,1\r\n/)
  expect(await quality('team')).not.toContain('untagged')
})

test('beside a running spanmeter, which holds the file, it is asked instead', async () => {
  const ledger = await temporaryLedger([call({ cost: '1.5', business: { feature: 'faq-bot' } })])
  const endpoint = await serveSpend(ledger)
  const config = `${ledger.path}.yaml`
  writeFileSync(config, `ledger: { path: ${ledger.path} }\nweb: { endpoint: ${new URL(endpoint).host} }\n`)
  const { code, stdout, stderr } = await runSpanmeter(['report', '--format', 'csv', '--config', config])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('faq-bot,1.5,')
})
