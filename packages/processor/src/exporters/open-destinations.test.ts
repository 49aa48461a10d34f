import { join } from 'node:path'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts'
import { parseConfig } from '../config/load-config.ts'
import { rateLimited } from '../telemetry/logger.ts'
import { createTelemetry } from '../telemetry/telemetry.ts'
import { openDestinations } from './open-destinations.ts'
import type { DeliveryResult, Destination } from './types.ts'

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
  const config = parseConfig(JSON.stringify({ exporters: [], sending_queue: { directory } }), 'test', {})
  const log = rateLimited(pino({ level: 'silent' }))
  const destinations = await openDestinations(config, { telemetry: createTelemetry(), log, ledger })
  const record = { signal: 'traces', encoding: 'json', itemCount: 1, acceptedAt: 0 } as const
  await destinations.group.send({ ...record, payload: Buffer.from('{}') }, () => undefined)
  await destinations.close(new AbortController().signal)
  expect(await delivered).toEqual({ kind: 'accepted' })
})
