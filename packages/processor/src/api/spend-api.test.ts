import { readFileSync } from 'node:fs'
import { VIEWS } from '@spanmeter/ledger'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { plantedSpend } from '../../../ledger/test/planted-spend.ts'
import { ancestor, call, hex } from '../../../ledger/test/span.ts'
import { temporaryLedger } from '../../../ledger/test/temporary-ledger.ts'
import { serveSpend } from '../../test/spend/spend-server.ts'

const document = parse(readFileSync(new URL('openapi.yaml', import.meta.url), 'utf8'))

interface Parameter {
  name: string
  in: 'path' | 'query'
}

interface Path {
  get?: { parameters?: ({ $ref: string } | Parameter)[] }
}

const resolved = (reference: string): Parameter =>
  document.components.parameters[reference.split('/').at(-1)!]

const get = async (url: string, init?: RequestInit): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(url, init)
  return { status: response.status, body: await response.json() }
}

describe('the API', () => {
  test('answers every view with the columns the ledger lists', async () => {
    const base = await serveSpend(await temporaryLedger(plantedSpend()))
    const { body } = await get(`${base}/api/v1/views`)
    expect((body as { views: { name: string }[] }).views.map(({ name }) => name)).toEqual(
      VIEWS.map(({ name }) => name),
    )
    for (const view of VIEWS) {
      const { status, body } = await get(`${base}/api/v1/views/${view.name}`)
      const { columns, rows } = body as { columns: { name: string }[]; rows: object[] }
      expect({ view: view.name, status }).toEqual({ view: view.name, status: 200 })
      for (const row of rows) expect(Object.keys(row)).toEqual(columns.map(({ name }) => name))
    }
  })

  test('has the paths, views and parameters of its document', async () => {
    expect(document.components.schemas.ViewName.enum.toSorted()).toEqual(
      VIEWS.map(({ name }) => name).toSorted(),
    )
    const described: string = document.paths['/api/v1/views/{view}'].get.description
    for (const view of VIEWS) {
      const line = described.split('\n').find((candidate) => candidate.startsWith(`| \`${view.name}\``))
      for (const { name } of view.columns.filter((column) => column.name !== 'key'))
        expect(line).toContain(`\`${name}\``)
    }
    const base = await serveSpend(await temporaryLedger(plantedSpend()))
    const served = await fetch(`${base}/api/v1/openapi.yaml`)
    expect(parse(await served.text())).toEqual(document)
    for (const path of Object.keys(document.paths)) {
      const response = await fetch(base + path.replace('{view}', 'spend').replace('{trace_id}', hex(9, 32)), {
        method: 'OPTIONS',
      })
      expect({ path, status: response.status }).toEqual({ path, status: 405 })
    }
    for (const [path, { get: operation }] of Object.entries<Path>(document.paths)) {
      const inQuery = (operation?.parameters ?? [])
        .map((parameter) => ('$ref' in parameter ? resolved(parameter.$ref) : parameter))
        .filter((parameter) => parameter.in === 'query')
      if (operation === undefined || inQuery.length === 0) continue
      const { body } = await get(`${base}${path.replace('{view}', 'spend')}?wehre=feature:x`)
      const { message } = (body as { error: { message: string } }).error
      const known = message.replace("unknown parameter 'wehre': there are ", '').split(', ')
      expect(known.toSorted()).toEqual(inQuery.map(({ name }) => name).toSorted())
    }
  })

  test('reads on for nobody who has gone away', async () => {
    const base = await serveSpend(await temporaryLedger(plantedSpend()))
    const aborter = new AbortController()
    // As many as can read at a time: while one of them runs, nobody else is answered.
    const endless = Array.from({ length: 2 }, () =>
      fetch(`${base}/api/v1/sql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ sql: 'SELECT sum(hash(range)) FROM range(1_000_000_000_000)' }),
        signal: aborter.signal,
      }),
    )
    const isAnswered = (answer: Promise<unknown>): Promise<unknown> =>
      Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 100, undefined))])
    let waiting = get(`${base}/api/v1/status`)
    while ((await isAnswered(waiting)) !== undefined) waiting = get(`${base}/api/v1/status`)
    aborter.abort()
    await Promise.allSettled(endless)
    expect(await waiting).toMatchObject({ status: 200 })
  })

  test('filters, groups and limits as asked, and gives CSV of the same', async () => {
    const base = await serveSpend(await temporaryLedger(plantedSpend()))
    const query =
      'by=tenant&where=feature:faq-bot&where=feature:code-assistant&since=2026-10-01&until=2026-11-01&limit=2'
    const { body } = await get(`${base}/api/v1/views/spend?${query}`)
    expect(body).toMatchObject({
      by: 'tenant',
      range: { since: '2026-10-01T00:00:00.000Z', until: '2026-11-01T00:00:00.000Z' },
      filters: [
        { key: 'feature', value: 'faq-bot' },
        { key: 'feature', value: 'code-assistant' },
      ],
      rows: [
        { key: 'acme', cost: '18200' },
        { key: 'globex', cost: '13093' },
      ],
      totals: { cost: '34393' },
      hidden: { rows: 1, cost: '3100', calls: 211 },
    })
    const csv = await fetch(`${base}/api/v1/views/spend?${query}&format=csv`)
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    expect((await csv.text()).split('\r\n').map((line) => line.split(',').slice(0, 2))).toEqual([
      ['key', 'cost'],
      ['acme', '18200'],
      ['globex', '13093'],
      [''],
    ])
  })

  test('links traces where it knows how, and shows one with inclusive cost', async () => {
    const spans = [ancestor({ trace: 1, span: 1 }), call({ trace: 1, span: 2, parent: 1, cost: '2' })]
    const base = await serveSpend(await temporaryLedger(spans), {
      traceUrl: 'http://jaeger/trace/{trace_id}',
    })
    expect((await get(`${base}/api/v1/views/traces`)).body).toMatchObject({
      rows: [{ trace_id: hex(1, 32), trace_url: `http://jaeger/trace/${hex(1, 32)}`, cost: '2' }],
    })
    expect((await get(`${base}/api/v1/traces/${hex(1, 32)}`)).body).toMatchObject({
      trace_url: `http://jaeger/trace/${hex(1, 32)}`,
      cost: '2',
      calls: 1,
      spans: [
        { depth: 0, cost: null, inclusive_cost: '2' },
        { depth: 1, cost: '2', inclusive_cost: '2' },
      ],
    })
    expect(await get(`${base}/api/v1/traces/${hex(2, 32)}`)).toMatchObject({
      status: 404,
      body: { error: { code: 'no_such_trace' } },
    })
  })

  test('is cheap to poll: 304 until the ledger changes', async () => {
    const ledger = await temporaryLedger([call({ cost: '1' })])
    const base = await serveSpend(ledger)
    // The tag has the minute in it: one look across a full minute is not a fault.
    const poll = async (): Promise<number> => {
      const etag = (await fetch(`${base}/api/v1/status`)).headers.get('etag')!
      return (await fetch(`${base}/api/v1/status`, { headers: { 'if-none-match': etag } })).status
    }
    expect([await poll(), await poll()]).toContain(304)
    const etag = (await fetch(`${base}/api/v1/status`)).headers.get('etag')!
    await ledger.append([call({ cost: '1' })])
    expect(await get(`${base}/api/v1/status`, { headers: { 'if-none-match': etag } })).toMatchObject({
      status: 200,
      body: { calls: 2 },
    })
  })

  test.each([
    ['/api/v1/views/nothing', 404, 'no_such_view'],
    ['/api/v1/views/spend?by=%27%3B--', 400, 'ledger_invalid_query'],
    ['/api/v1/views/spend?since=soon', 400, 'ledger_invalid_query'],
    ['/api/v1/views/spend?limit=-1', 400, 'ledger_invalid_query'],
    ['/api/v1/views/spend?limit=99999', 400, 'ledger_invalid_query'],
    ['/api/v1/views/spend?where=feature', 400, 'ledger_invalid_query'],
    ['/api/v1/views/spend?compare=next', 400, 'ledger_invalid_query'],
    ['/api/v1/views/spend?wehre=feature:x', 400, 'ledger_invalid_query'],
    ['/api/v1/views/spend?rank=luck', 400, 'ledger_invalid_query'],
    ['/api/v1/views/trend?bucket=eon', 400, 'ledger_invalid_query'],
    ['/api/v1/views/spend?format=xml', 400, 'ledger_invalid_query'],
    ['/api/v1/export?format=xlsx', 400, 'ledger_invalid_query'],
    ['/api/v1/export?wehre=feature:x', 400, 'ledger_invalid_query'],
    ['/api/v1/dimensions?name=feature&limit=0', 400, 'ledger_invalid_query'],
    ['/api/v1/dimensions?nmae=feature', 400, 'ledger_invalid_query'],
    ['/api/v1/status?since=7d', 400, 'ledger_invalid_query'],
    ['/api/v1/traces/nothex', 400, 'ledger_invalid_query'],
  ])('%s is answered %i %s', async (path, status, code) => {
    const base = await serveSpend(await temporaryLedger([call({ cost: '1' })]))
    expect(await get(base + path)).toMatchObject({ status, body: { error: { code } } })
  })

  test('runs SQL that reads, from JSON alone', async () => {
    const base = await serveSpend(await temporaryLedger([call({ cost: '1.5' })]))
    const post = (body: string, type = 'application/json'): ReturnType<typeof get> =>
      get(`${base}/api/v1/sql`, { method: 'POST', headers: { 'content-type': type }, body })
    expect(await post('{"sql":"select sum(cost) as cost from calls"}')).toEqual({
      status: 200,
      body: {
        columns: [{ name: 'cost', title: 'cost', type: 'money' }],
        rows: [{ cost: '1.5' }],
        truncated: false,
      },
    })
    expect(await post('{"sql":"delete from storage.spans"}')).toMatchObject({ status: 400 })
    expect(await post('{"sql":1}')).toMatchObject({ status: 400 })
    expect(await post('{"sql":"select 1","limit":100001}')).toMatchObject({
      status: 400,
      body: { error: { message: 'limit is 100001: give a whole number from 1 to 100000' } },
    })
    expect(await post('nonsense')).toMatchObject({ status: 400 })
    expect(await post('{"sql":"select 1"}', 'text/plain')).toMatchObject({ status: 415 })
    expect(await post(JSON.stringify({ sql: 'x'.repeat(2 ** 20) }))).toMatchObject({ status: 413 })
  })

  test('leaves other paths to others, and says 503 when the ledger can not answer', async () => {
    const ledger = await temporaryLedger()
    const base = await serveSpend(ledger)
    expect(await (await fetch(`${base}/metrics`)).text()).toBe('elsewhere')
    await ledger.close()
    expect(await get(`${base}/api/v1/views/spend`)).toMatchObject({
      status: 503,
      body: { error: { code: 'ledger_closed' } },
    })
  })
})
