import { join } from 'node:path'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts'
import { parseConfig } from '../config/load-config.ts'
import type { Config } from '../config/types.ts'
import { DurableQueue } from '../queue/durable-queue.ts'
import { rateLimited } from '../telemetry/logger.ts'
import { createTelemetry } from '../telemetry/telemetry.ts'
import { openDestinations } from './open-destinations.ts'
import type { DeliveryResult, Destination } from './types.ts'

const telemetry = createTelemetry()
const log = rateLimited(pino({ level: 'silent' }))

function configOf(directory: string): Config {
  return parseConfig(JSON.stringify({ exporters: [], sending_queue: { directory } }), 'test', {})
}

test('where a queue that workers have left is in use, the own one is closed again', async () => {
  const directory = join(temporaryDirectory(), 'queue')
  const open = (path: string) =>
    DurableQueue.open({
      directory: path,
      maxBytes: 2 ** 20,
      fsync: 'never',
      destinations: [],
      telemetry,
      log,
    })
  const left = await open(join(directory, 'worker-7'))
  const opening = openDestinations(configOf(directory), { telemetry, log, ledger: undefined })
  await expect(opening).rejects.toThrow('worker-7 is in use by another spanmeter')
  await (await open(directory)).close()
  await left.close()
})

test('a destination that gathers what it is given is told that the end is near, and holds nothing up', async () => {
  const { promise: delivered, resolve } = Promise.withResolvers<DeliveryResult>()
  const ledger: Destination = {
    name: 'ledger',
    concurrency: 1,
    accepts: () => true,
    deliver: () => delivered,
    hurry: () => resolve({ kind: 'accepted' }),
    close: async () => undefined,
  }
  const directory = join(temporaryDirectory(), 'queue')
  const destinations = await openDestinations(configOf(directory), { telemetry, log, ledger })
  const record = { signal: 'traces', encoding: 'json', itemCount: 1, acceptedAt: 0 } as const
  await destinations.send({ ...record, payload: Buffer.from('{}') }, () => undefined)
  await destinations.close(new AbortController().signal)
  expect(await delivered).toEqual({ kind: 'accepted' })
})
