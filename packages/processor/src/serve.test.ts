import { rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { freePorts } from '../../../test/support/free-ports.ts'
import { listenLocally } from '../../../test/support/listen-locally.ts'
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts'
import { parseConfig } from './config/load-config.ts'
import { type Service, serve } from './serve.ts'

let directory: string
const services: Service[] = []
beforeEach(() => {
  directory = temporaryDirectory()
})
afterEach(async () => {
  for (const service of services.splice(0)) await service.close()
})

const configOf = (sections: Record<string, unknown>) =>
  parseConfig(
    JSON.stringify({
      receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:0' } } } },
      sending_queue: { directory: join(directory, 'queue') },
      ledger: { path: join(directory, 'ledger.duckdb') },
      web: { endpoint: '127.0.0.1:0' },
      ...sections,
    }),
    'test',
    {},
  )

async function start(sections: Record<string, unknown> = {}): Promise<Service> {
  const service = await serve(configOf(sections), pino({ level: 'silent' }))
  services.push(service)
  return service
}

const SPAN_ID = '00f067aa0ba902b7'

async function send(
  service: Service,
  attributes: Record<string, string> = {},
  spanId = SPAN_ID,
): Promise<number> {
  const all = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o-mini',
    ...attributes,
  }
  const counts = ['input', 'output'].map((kind) => ({
    key: `gen_ai.usage.${kind}_tokens`,
    value: { intValue: '1000' },
  }))
  const texts = Object.entries(all).map(([key, stringValue]) => ({ key, value: { stringValue } }))
  const span = {
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    spanId,
    name: 'chat gpt-4o-mini',
    startTimeUnixNano: '1763700000000000000',
    endTimeUnixNano: '1763700001000000000',
    attributes: [...texts, ...counts],
  }
  const response = await fetch(`${service.addresses.http}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
  })
  return response.status
}

async function metric(service: Service, pattern: RegExp): Promise<number | undefined> {
  const text = await (await fetch(`${service.addresses.web}/metrics`)).text()
  const line = text.split('\n').find((candidate) => pattern.test(candidate) && !candidate.startsWith('#'))
  return line === undefined ? undefined : Number(line.split(' ').at(-1))
}

const COST = /^spanmeter_cost_USD_total\{.*cost_type="input"/

describe('money is counted once', () => {
  test('a span that is sent again adds nothing to the cost metrics, and counts as a duplicate', async () => {
    const service = await start()
    await send(service)
    const once = await metric(service, COST)
    expect(once).toBeCloseTo(0.00015, 12)
    await send(service)
    await send(service)
    expect(await metric(service, COST)).toBe(once)
    expect(await metric(service, /^spanmeter_duplicate_calls /)).toBe(2)
  })

  test('whether a backend takes the span or not: one that is refused and sent again counts once', async () => {
    const service = await start({
      exporters: [{ name: 'gone', endpoint: 'http://127.0.0.1:9', protocol: 'http/protobuf' }],
      sending_queue: { enabled: false },
      ledger: false,
    })
    expect([await send(service), await send(service)]).toEqual([503, 503])
    expect(await metric(service, COST)).toBeCloseTo(0.00015, 12)
    expect(await metric(service, /^spanmeter_duplicate_calls /)).toBe(1)
  })

  test('nor after a restart', async () => {
    const first = await start()
    await send(first)
    await services.pop()?.close()
    const second = await start()
    await send(second)
    expect(await metric(second, /^spanmeter_duplicate_calls /)).toBe(1)
    expect((await metric(second, COST)) ?? 0).toBe(0)
  })
})

describe('reload', () => {
  test('rules and prices are taken over; a wrong file keeps those in use', async () => {
    const prices = join(directory, 'prices.yaml')
    writeFileSync(prices, 'discounts: []')
    const sections = { pricing: { overrides: prices } }
    const service = await start(sections)
    await send(service, {}, '00f067aa0ba902b1')
    expect(await metric(service, COST)).toBeCloseTo(0.00015, 12)

    writeFileSync(prices, 'discounts: [{ provider: openai, percent: 50 }]')
    const rule = { when: { 'gen_ai.request.model': 'gpt-*' }, set: { feature: 'from-rule' } }
    await service.reload(configOf({ ...sections, attribution: { rules: [rule] } }))
    await send(service, {}, '00f067aa0ba902b2')
    const ofRule =
      /^spanmeter_cost_USD_total\{.*feature="from-rule".*cost_type="input"|^spanmeter_cost_USD_total\{.*cost_type="input".*feature="from-rule"/
    expect(await metric(service, ofRule)).toBeCloseTo(0.000075, 12)

    writeFileSync(prices, 'discount: [{ percent: 99 }]')
    await expect(service.reload(configOf(sections))).rejects.toThrow()
    await send(service, {}, '00f067aa0ba902b3')
    expect(await metric(service, ofRule)).toBeCloseTo(0.00015, 12)
  })
})

describe('the ledger', () => {
  test('gets every call, and answers over the API', async () => {
    const service = await start()
    await send(service)
    const calls = async () => {
      const response = await fetch(`${service.addresses.web}/api/v1/status`)
      return ((await response.json()) as { calls?: number }).calls
    }
    await expect.poll(calls).toBe(1)
  })

  test('that can’t be opened stops nothing: spans wait in the queue, the API says why', async () => {
    writeFileSync(
      join(directory, 'ledger.duckdb'),
      'this is no database, but long enough to look like a file of one',
    )
    const service = await start({ shutdown_timeout: '50ms' })
    expect(await send(service)).toBe(200)
    const response = await fetch(`${service.addresses.web}/api/v1/status`)
    expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('ledger')])
    expect(await metric(service, /^spanmeter_destination_held_items\{destination="ledger"/)).toBe(1)
  })

  test.each([
    ['that is switched off, is missed in the words of the API', { ledger: false }, 'no_ledger'],
    ['has no other paths than those of the API, which says so', {}, 'no_such_path'],
  ])('%s', async (_what, sections, code) => {
    const service = await start(sections)
    const response = await fetch(`${service.addresses.web}/api/v1/nothing`)
    expect([response.status, await response.json()]).toEqual([
      404,
      { error: { code, message: expect.any(String) } },
    ])
  })

  test('that is removed while in use gets no more: spans wait in the queue for the next start', async () => {
    const service = await start({ shutdown_timeout: '50ms' })
    rmSync(join(directory, 'ledger.duckdb'))
    expect(await send(service)).toBe(200)
    await expect
      .poll(() => metric(service, /^spanmeter_destination_retries\{destination="ledger"/))
      .toBeGreaterThan(0)
    expect(await metric(service, /^spanmeter_destination_held_items\{destination="ledger"/)).toBe(1)
    await service.close()
    const next = await start()
    await expect.poll(() => metric(next, /^spanmeter_destination_held_items\{destination="ledger"/)).toBe(0)
    expect(await metric(next, /^otelcol_exporter_sent_spans\{exporter="ledger"/)).toBe(1)
  })
})

describe('without a queue', () => {
  test('and without an exporter, a client is told what the ledger could not take', async () => {
    writeFileSync(
      join(directory, 'ledger.duckdb'),
      'this is no database, but long enough to look like a file of one',
    )
    const service = await start({ sending_queue: { enabled: false } })
    expect(await send(service)).toBe(503)
  })

  test('the memory of a request is free again once it is answered', async () => {
    const service = await start({
      exporters: [{ name: 'gone', endpoint: 'http://127.0.0.1:9' }],
      sending_queue: { enabled: false },
      ledger: false,
      limits: { memory: '8MiB' },
    })
    const big = { 'app.document': 'x'.repeat(900_000) }
    for (const digit of '1234') expect(await send(service, big, SPAN_ID.slice(1) + digit)).toBe(503)
  })

  test('a backend that does not answer holds up the end for no longer than the timeout', async () => {
    const requested = Promise.withResolvers<void>()
    const backend = createServer(() => requested.resolve())
    onTestFinished(() => {
      backend.close()
      backend.closeAllConnections()
    })
    const service = await start({
      exporters: [{ name: 'silent', endpoint: `http://127.0.0.1:${await listenLocally(backend)}` }],
      sending_queue: { enabled: false },
      shutdown_timeout: '50ms',
    })
    const sent = send(service).catch(() => undefined)
    await requested.promise
    const began = performance.now()
    await service.close()
    // The exporter alone would wait for ten seconds.
    expect(performance.now() - began).toBeLessThan(5_000)
    await sent
  })
})

describe('start', () => {
  test('a port that is taken is said, and leaves nothing open behind', async () => {
    const other = createServer()
    const endpoint = `127.0.0.1:${await listenLocally(other)}`
    const receivers = { otlp: { protocols: { http: { endpoint } } } }
    await expect(start({ receivers })).rejects.toThrow(`cannot listen on ${endpoint}: the port is taken`)
    other.close()
    await start()
  })

  test('a second processor on the same queue directory is refused, and the first goes on', async () => {
    const first = await start()
    await expect(start({ ledger: false })).rejects.toThrow(/is in use by another spanmeter/)
    expect(await send(first)).toBe(200)
  })

  test.each([
    ['all it has', (own: string) => ({ endpoint: own })],
    [
      'its traces',
      (own: string) => ({ endpoint: 'http://127.0.0.1:9', traces_endpoint: `${own}/v1/traces` }),
    ],
    ['all it has, where that listens everywhere', (own: string) => ({ endpoint: own }), '0.0.0.0'],
  ])(
    'an exporter that points at our own receiver with %s is refused',
    async (_what, endpoints, host = '127.0.0.1') => {
      const [port] = await freePorts(1)
      const receivers = { otlp: { protocols: { http: { endpoint: `${host}:${port}` } } } }
      const exporters = [{ name: 'otlp', ...endpoints(`http://ann:hush@localhost:${port}`) }]
      await expect(start({ receivers, exporters })).rejects.toThrow(
        `points at this processor's own receiver (localhost:${port})`,
      )
    },
  )
})

test('what was counted since the last export goes to the backend at the end', async () => {
  const paths: (string | undefined)[] = []
  const backend = createServer((request, response) => {
    paths.push(request.url)
    request.resume().on('end', () => response.end())
  })
  onTestFinished(() => void backend.close())
  const service = await start({
    exporters: [{ name: 'backend', endpoint: `http://127.0.0.1:${await listenLocally(backend)}` }],
    ledger: false,
  })
  await send(service)
  await service.close()
  expect(paths.toSorted()).toEqual(['/v1/metrics', '/v1/traces'])
})

test('the metrics of each processor are of an instance of their own', async () => {
  const ids = new Set<string | undefined>()
  const backend = createServer((request, response) => {
    void text(request).then((body) => {
      if (request.url === '/v1/metrics') ids.add(/service\.instance\.id.*?([0-9a-f-]{36})/s.exec(body)?.[1])
      response.end()
    })
  })
  onTestFinished(() => void backend.close())
  const endpoint = `http://127.0.0.1:${await listenLocally(backend)}`
  for (const name of ['first', 'second']) {
    const service = await start({
      exporters: [{ name: 'backend', endpoint }],
      sending_queue: { directory: join(directory, name) },
      ledger: false,
    })
    await send(service)
    await service.close()
  }
  expect([...ids]).toEqual([expect.any(String), expect.any(String)])
})

test('what is in the queue of a worker that a run before had is delivered', async () => {
  const queue = join(directory, 'queue')
  const run = (endpoint: string, queueDirectory: string): Promise<Service> =>
    start({
      exporters: [{ name: 'backend', endpoint }],
      sending_queue: { directory: queueDirectory },
      ledger: false,
      metrics: { export_interval: 0 },
      shutdown_timeout: '50ms',
    })
  const second = await run('http://127.0.0.1:9', join(queue, 'worker-1'))
  expect(await send(second)).toBe(200)
  await second.close()
  const requested = Promise.withResolvers<void>()
  const backend = createServer((request, response) => {
    request.resume().on('end', () => response.end(() => requested.resolve()))
  })
  onTestFinished(() => void backend.close())
  await run(`http://127.0.0.1:${await listenLocally(backend)}`, queue)
  await requested.promise
})

test('the clock may jump: what is queued is delivered all the same', async () => {
  const received: string[] = []
  const backend = createServer((request, response) => {
    received.push(request.url ?? '')
    request.resume()
    response.end()
  })
  const port = await listenLocally(backend)
  const service = await start({
    exporters: [{ name: 'backend', endpoint: `http://127.0.0.1:${port}` }],
    metrics: { export_interval: 0 },
  })
  const now = Date.now
  try {
    for (const jump of [0, -86_400_000, 86_400_000]) {
      Date.now = () => now() + jump
      expect(await send(service)).toBe(200)
    }
    await expect.poll(() => received.length).toBe(3)
  } finally {
    Date.now = now
    backend.close()
  }
})
