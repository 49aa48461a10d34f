import { pino } from 'pino'
import { expect, test } from 'vitest'
import { encodeTraces } from '../../test/support/otlp-messages.ts'
import type { QueueRecord } from '../queue/record.ts'
import { rateLimited } from '../telemetry/logger.ts'
import { createTelemetry } from '../telemetry/telemetry.ts'
import { createConsumeRequest } from './consume-request.ts'

/** Consumes a body where enrichment has a bug. */
async function consume(body: Buffer) {
  const telemetry = createTelemetry()
  const sent: QueueRecord[] = []
  let released = 0
  const consumeRequest = createConsumeRequest({
    processTraces() {
      throw new TypeError('a bug')
    },
    destinations: {
      async send(record, release) {
        sent.push(record)
        release()
        return undefined
      },
    },
    forwardEncoding: undefined,
    recordCalls: () => undefined,
    telemetry,
    log: rateLimited(pino({ level: 'silent' })),
  })
  const request = { signal: 'traces', encoding: 'protobuf', transport: 'http', body, context: {} } as const
  const failure = await consumeRequest({ ...request, release: () => void released++ }).catch(
    (thrown: unknown) => thrown,
  )
  return { failure, released, payloads: sent.map(({ payload }) => payload), telemetry }
}

test('a batch that cannot be enriched because of a bug is forwarded as it came', async () => {
  const body = encodeTraces({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'chat' }] }] }] })
  const { failure, payloads, released, telemetry } = await consume(body)
  expect({ failure, payloads, released }).toEqual({ failure: undefined, payloads: [body], released: 1 })
  expect(telemetry.enrichmentFailures.value()).toBe(1)
})

test('the memory of a body is given back where a bug meets bytes that are no traces', async () => {
  const { failure, payloads, released, telemetry } = await consume(Buffer.from('not OTLP'))
  expect(failure).toMatchObject({ details: { httpStatus: 400 } })
  expect({ payloads, released }).toEqual({ payloads: [], released: 1 })
  expect(telemetry.failed.traces.value('otlp', 'http')).toBe(1)
})
