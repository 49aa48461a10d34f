import { afterAll, beforeAll, describe, test } from 'vitest'
import { SERVER_RULES } from './server-rules.ts'
import { startSpanmeter, type Target } from './support/targets.ts'

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
