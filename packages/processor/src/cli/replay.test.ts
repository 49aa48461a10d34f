import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { openLedger } from '@spanmeter/ledger'
import { beforeEach, expect, test } from 'vitest'
import { listenLocally } from '../../../../test/support/listen-locally.ts'
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts'
import { runSpanmeter } from '../../test/spend/run-spanmeter.ts'
import { DeadLetters } from '../exporters/dead-letters.ts'

let directory: string
beforeEach(() => {
  directory = temporaryDirectory()
})

const replay = (...more: string[]) => runSpanmeter(['replay', '--config', 's.yaml', ...more], directory)

function configure(config: object): void {
  const sections = { sending_queue: { directory: 'queue' }, ledger: { path: 'ledger.duckdb' }, ...config }
  writeFileSync(join(directory, 's.yaml'), JSON.stringify(sections))
}

async function refuse(destination: string, bodies: readonly string[]): Promise<void> {
  const letters = new DeadLetters(join(directory, 'queue/dead-letters'))
  for (const body of bodies) {
    const payload = Buffer.from(body)
    const record = { signal: 'traces', encoding: 'json', itemCount: 1, acceptedAt: 0, payload } as const
    expect(await letters.append(destination, record, 'permanent_error')).toBe(true)
  }
}

const span = (fields: object) => JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [fields] }] }] })

test('sends dead letters again, and keeps those that fail again', async () => {
  const bodies: string[] = []
  const backend = createServer(async (request, response) => {
    const body = (await buffer(request)).toString()
    bodies.push(body)
    response.writeHead(body.includes('bad') ? 400 : 200).end()
  })
  const port = await listenLocally(backend)
  const endpoint = `http://127.0.0.1:${port}`
  configure({ exporters: [{ name: 'tempo', endpoint, protocol: 'http/json' }] })
  await refuse(
    'tempo',
    ['good', 'bad', 'fine'].map((name) => span({ name })),
  )

  const first = await replay('--exporter', 'tempo')
  expect([first.code, first.stdout]).toEqual([1, 'tempo: 2 items sent, 1 failed again\n'])
  expect(bodies).toEqual(['good', 'bad', 'fine'].map((name) => span({ name })))
  bodies.length = 0
  await replay()
  expect(bodies).toEqual([span({ name: 'bad' })])
  backend.close()
})

test('a backend that is down costs one wait, not one for each letter, and all letters are kept', async () => {
  const retry = { initial_interval: '10ms', max_elapsed_time: '50ms' }
  configure({ exporters: [{ name: 'down', endpoint: 'http://127.0.0.1:1', retry_on_failure: retry }] })
  const bodies = ['a', 'b', 'c'].map((name) => span({ name }))
  await refuse('down', bodies)

  const { code, stdout } = await replay('--exporter', 'down')
  expect([code, stdout]).toEqual([1, 'down: 0 items sent, 3 failed again\n'])
  const { letters } = await new DeadLetters(join(directory, 'queue/dead-letters')).takeAll('down')
  expect(letters.map(({ body }) => Buffer.from(body, 'base64').toString())).toEqual(bodies)
  expect(letters.map(({ reason }) => reason.split(':')[0])).toEqual([
    'retry_expired',
    'permanent_error',
    'permanent_error',
  ])
})

test('brings what the ledger could not store into it, once, as soon as no processor holds it', async () => {
  configure({ exporters: [] })
  const call = {
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    spanId: '00f067aa0ba902b7',
    name: 'chat',
    startTimeUnixNano: '1780000000000000000',
    endTimeUnixNano: '1780000001000000000',
    attributes: [
      { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
      { key: 'gen_ai.request.model', value: { stringValue: 'gpt-5' } },
      { key: 'spanmeter.cost.amount', value: { doubleValue: 0.25 } },
      { key: 'spanmeter.cost.role', value: { stringValue: 'own' } },
    ],
  }
  await refuse('ledger', [span(call), 'not JSON', span(call)])
  const path = join(directory, 'ledger.duckdb')
  const held = await openLedger({ path })
  const refused = await replay()
  expect([refused.code, refused.stdout]).toEqual([1, ''])
  expect(refused.stderr).toContain(`held by another process (PID ${process.pid})`)
  await held.close()

  const { code, stdout } = await replay('--exporter', 'ledger')
  expect([code, stdout]).toEqual([1, 'ledger: 2 items sent, 1 failed again\n'])
  const ledger = await openLedger({ path, readOnly: true })
  expect(await ledger.total()).toMatchObject({ cost: '0.25', calls: 1 })
  await ledger.close()
})

test('what a full disk has torn stands in the way of no letter that comes later', async () => {
  const backend = createServer((request, response) => request.resume().on('end', () => response.end()))
  const port = await listenLocally(backend)
  configure({ exporters: [{ name: 'tempo', endpoint: `http://127.0.0.1:${port}`, protocol: 'http/json' }] })
  const deadLetters = join(directory, 'queue/dead-letters')
  mkdirSync(deadLetters, { recursive: true })
  writeFileSync(join(deadLetters, 'tempo.jsonl'), '{"time":"2026-')
  expect((await replay('--exporter', 'tempo')).stdout).toContain(
    '0 items sent, 0 failed again, 1 incomplete lines',
  )
  await refuse('tempo', [span({ name: 'later' })])
  expect((await replay('--exporter', 'tempo')).stdout).toBe('tempo: 1 items sent, 0 failed again\n')
  backend.close()
})

test('a name that nothing has is an error that lists those there are', async () => {
  configure({ exporters: [{ name: 'tempo', endpoint: 'http://127.0.0.1:1' }] })
  expect(await replay('--exporter', 'temop')).toEqual({
    code: 2,
    stdout: '',
    stderr: 'spanmeter: no exporter is named "temop"; there are: tempo, ledger\n',
  })
})
