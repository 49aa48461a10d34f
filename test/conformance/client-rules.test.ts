import { describe, test } from 'vitest'
import { CLIENT_RULES } from './client-rules.ts'
import { startSpanmeter } from './support/targets.ts'

describe('OTLP rules for clients: spanmeter', () => {
  test.each(CLIENT_RULES.map((rule) => ({ ...rule })))('$id $level: $requirement', ({ check }) =>
    check(startSpanmeter),
  )
})
