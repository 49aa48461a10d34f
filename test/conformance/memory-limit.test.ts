import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { startLife } from '../support/processor-process.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { http, PROTOBUF } from './support/client.ts'
import { createControlGroup } from './support/control-group.ts'
import { newIds, tracesProtobuf } from './support/payloads.ts'

const MIB = 2 ** 20

test('a processor in a control group of 384 MiB outlives any number of large bodies at once, compressed or not', async (context) => {
  const group = createControlGroup('spanmeter-test', 384 * MIB)
  if (group === undefined) return context.skip('needs the right to make a control group')
  const directory = temporaryDirectory()
  const configFile = join(directory, 'spanmeter.yaml')
  const config = {
    receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:0' } } } },
    exporters: [],
    sending_queue: { directory: join(directory, 'queue') },
    ledger: false,
    web: { endpoint: '127.0.0.1:0' },
  }
  await writeFile(configFile, JSON.stringify(config))
  const life = await startLife(configFile, group.enter)
  onTestFinished(async () => {
    await life.kill()
    group.remove()
  })

  const plain = Buffer.alloc(48 * MIB)
  const bomb = gzipSync(plain)
  const statuses = await Promise.all(
    Array.from({ length: 16 }, (_, index) => {
      const isBomb = index % 2 === 0
      const headers = isBomb ? { ...PROTOBUF, 'content-encoding': 'gzip' } : PROTOBUF
      return http(life.http, { headers, body: isBomb ? bomb : plain }).then(({ status }) => status)
    }),
  )
  // Zeros are no request; those that found no room are told to come back.
  expect(new Set(statuses)).toEqual(new Set([400, 503]))
  expect((await http(life.http, { headers: PROTOBUF, body: tracesProtobuf(newIds(1)) })).status).toBe(200)
}, 60_000)
