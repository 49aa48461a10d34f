import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SERVER_RULES } from './server-rules.ts'
import { hasCollector, startCollector, startSpanmeter, type Target } from './support/targets.ts'

describe('OTLP rules for servers: spanmeter', () => {
  let target: Target
  beforeAll(async () => {
    target = await startSpanmeter()
  })
  afterAll(() => target.close())

  test.each(SERVER_RULES.map((rule) => ({ ...rule })))('$id $level: $requirement', ({ check }) =>
    check(target),
  )
})

describe.skipIf(!hasCollector)('OTLP rules for servers: the Go Collector, for comparison', () => {
  test('its departures are known', async () => {
    const collector = await startCollector()
    const departures: string[] = []
    for (const { id, requirement, check } of SERVER_RULES) {
      await check(collector).catch(() => departures.push(`${id} ${requirement}`))
    }
    await collector.close()
    console.log(
      `the Go Collector departs from ${departures.length} of ${SERVER_RULES.length} rules:\n  ${departures.join('\n  ')}`,
    )
    expect(departures.length).toBeLessThan(SERVER_RULES.length)
  }, 120_000)
})
