import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freePorts } from '../../../../test/support/free-ports.ts'
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts'
import { plainAttributes } from '../../test/support/otlp-messages.ts'
import { parseConfig } from '../config/load-config.ts'
import type { Config } from '../config/types.ts'
import { DurableQueue } from '../queue/durable-queue.ts'
import { type Service, serve } from '../serve.ts'
import { rateLimited } from '../telemetry/logger.ts'
import { createTelemetry } from '../telemetry/telemetry.ts'

// Several threads on one port need SO_REUSEPORT as Linux has it.
describe.skipIf(process.platform !== 'linux')('several workers', () => {
  let directory: string
  let service: Service | undefined
  const exported: Record<string, unknown>[] = []
  const inclusive = () =>
    exported.map((span) => span['spanmeter.cost.inclusive']).filter((cost) => cost !== undefined)
  const backend = createServer(async (request, response) => {
    const { resourceSpans } = JSON.parse((await buffer(request)).toString())
    const { spans } = resourceSpans[0].scopeSpans[0]
    exported.push(...spans.map(({ attributes = [] }) => plainAttributes(attributes)))
    response.end()
  })
  beforeEach(async () => {
    directory = temporaryDirectory()
    exported.length = 0
    if (!backend.listening) await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve))
  })
  afterEach(async () => {
    await service?.close()
    backend.close()
  })

  const configOf = (sections: object = {}): Config => {
    const protocol = { endpoint: '127.0.0.1:0' }
    const config = {
      workers: 2,
      receivers: { otlp: { protocols: { http: protocol, grpc: protocol } } },
      exporters: [
        {
          name: 'backend',
          endpoint: `http://127.0.0.1:${(backend.address() as AddressInfo).port}`,
          protocol: 'http/json',
        },
      ],
      sending_queue: { directory: join(directory, 'queue') },
      metrics: { export_interval: 0 },
      ledger: { path: join(directory, 'ledger.duckdb') },
      web: protocol,
      ...sections,
    }
    return parseConfig(JSON.stringify(config), 'test', {})
  }

  const start = async (): Promise<Service> => {
    service = await serve(configOf(), pino({ level: 'silent' }))
    return service
  }

  const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
  const PARENT = '00f067aa0ba90200'
  const traceOf = (number: number): string => TRACE.slice(0, -4) + (0x1000 + number).toString(16)

  /** One request on a connection of its own, so that the kernel chooses a worker anew. */
  async function send(spans: object[], scope = 'test'): Promise<void> {
    const response = await fetch(`${service?.addresses.http}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'close' },
      body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ scope: { name: scope }, spans }] }] }),
    })
    expect(response.status).toBe(200)
  }

  function call(index: number): object {
    const texts = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o-mini',
      'business.tenant': 'acme',
    }
    return {
      traceId: TRACE,
      spanId: `00f067aa0ba9${(0x300 + index).toString(16).padStart(4, '0')}`,
      parentSpanId: PARENT,
      name: 'chat',
      attributes: [
        ...Object.entries(texts).map(([key, stringValue]) => ({ key, value: { stringValue } })),
        { key: 'gen_ai.usage.input_tokens', value: { intValue: '1000' } },
        { key: 'gen_ai.usage.output_tokens', value: { intValue: '1000' } },
      ],
    }
  }

  async function metric(prefix: string): Promise<number> {
    const text = await (await fetch(`${service?.addresses.web}/metrics`)).text()
    const lines = text.split('\n').filter((line) => line.startsWith(prefix))
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
  }

  test('add up the cost beneath a span whose calls came to different ones, and count together', async () => {
    await start()
    for (let index = 0; index < 24; index += 1) await send([call(index)])
    await send([{ traceId: TRACE, spanId: PARENT, name: 'POST /chat' }])

    await expect.poll(inclusive).toEqual([expect.closeTo(24 * 0.00075, 9)])
    expect(await metric('otelcol_receiver_accepted_spans{')).toBe(25)
    await expect.poll(() => metric('otelcol_exporter_sent_spans{exporter="ledger"}')).toBe(25)
    await expect.poll(() => metric('spanmeter_destination_held_items{')).toBe(0)
  })

  test('count a call once, also when its copies came to different ones', async () => {
    await start()
    for (let copy = 0; copy < 12; copy += 1) await send([call(0)])
    await expect.poll(() => metric('spanmeter_duplicate_calls ')).toBe(11)
    const calls = async () => {
      const status = await (await fetch(`${service?.addresses.web}/api/v1/status`)).json()
      return (status as { calls: number }).calls
    }
    await expect.poll(calls).toBe(1)
  })

  test('count a call once that two instrumentations tell of, each to another one', async () => {
    await start()
    for (let index = 0; index < 24; index += 1) {
      await send([{ ...call(index), traceId: traceOf(index) }], 'framework')
      await send([{ ...call(24 + index), traceId: traceOf(index) }], 'sdk')
    }
    const roles = () => exported.map((span) => span['spanmeter.cost.role']).sort()
    await expect.poll(roles).toEqual([...Array(24).fill('own'), ...Array(24).fill('wrapper')])
  })

  test('take over a new configuration all or none, where one of them finds a file wrong', async () => {
    const { reload } = await start()
    // What is written into a pipe, one of them alone reads; the others find the file empty.
    const file = join(directory, 'tenants.csv')
    execFileSync('mkfifo', [file])
    const reloaded = reload(configOf({ attribution: { lookups: [{ file, on: 'tenant' }] } }))
    let isPending = true
    void reloaded.catch(() => undefined).finally(() => (isPending = false))
    for (let text = 'tenant,plan\nacme,gold\n'; isPending; await nextTurn()) {
      if (writeOnceRead(file, text)) text = ''
    }
    await expect(reloaded).rejects.toThrow('is empty')

    for (let index = 0; index < 24; index += 1) await send([call(index)])
    await expect.poll(() => exported.length).toBe(24)
    expect(exported.filter((span) => 'business.plan' in span)).toEqual([])
  })

  test('take no request where one of them cannot start', async () => {
    const queue = join(directory, 'queue')
    mkdirSync(queue)
    writeFileSync(join(queue, 'worker-1'), '')
    const [port] = await freePorts(1)
    const endpoint = `127.0.0.1:${port}`
    const config = configOf({ receivers: { otlp: { protocols: { http: { endpoint } } } } })
    const starting = serve(config, pino({ level: 'silent' })).catch((error: Error) => error)
    let failure: unknown
    void starting.then((result) => (failure = result))
    const isTaken: boolean[] = []
    while (failure === undefined) {
      const sent = fetch(`http://${endpoint}/v1/traces`, { method: 'POST', body: '{}' })
      isTaken.push(
        await sent.then(
          () => true,
          () => false,
        ),
      )
    }
    expect(failure).toMatchObject({ message: expect.stringContaining('worker-1 is not a directory') })
    expect(isTaken).not.toContain(true)
  })

  test('find a port taken where workers of another program have it', async () => {
    const { addresses } = await start()
    const taken = { http: { endpoint: new URL(addresses.http!).host } }
    const other = configOf({
      receivers: { otlp: { protocols: taken } },
      sending_queue: { directory: join(directory, 'another') },
      ledger: false,
      web: false,
    })
    await expect(serve(other, pino({ level: 'silent' }))).rejects.toThrow('the port is taken')
  })

  test('that are fewer than before deliver what the others have left behind', async () => {
    const left = await DurableQueue.open({
      directory: join(directory, 'queue', 'worker-7'),
      maxBytes: 2 ** 20,
      fsync: 'never',
      destinations: [{ name: 'backend', accepts: () => true }],
      telemetry: createTelemetry(),
      log: rateLimited(pino({ level: 'silent' })),
    })
    const parent = { traceId: TRACE, spanId: PARENT, name: 'left behind', attributes: [INCLUSIVE] }
    const payload = Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [parent] }] }] }))
    const record = { signal: 'traces', encoding: 'json', itemCount: 1, acceptedAt: 0, payload } as const
    await left.append(record, () => undefined)
    await left.close()

    await start()
    await expect.poll(inclusive).toEqual([42])
  })
})

/** Returns false while nobody reads. */
function writeOnceRead(pipe: string, text: string): boolean {
  try {
    const file = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK)
    writeSync(file, text)
    closeSync(file)
    return true
  } catch {
    return false
  }
}

const INCLUSIVE = { key: 'spanmeter.cost.inclusive', value: { doubleValue: 42 } }
