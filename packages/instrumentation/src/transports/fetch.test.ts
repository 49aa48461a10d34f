import { DiagLogLevel, diag } from '@opentelemetry/api'
import { afterEach, expect, test, vi } from 'vitest'
import { resolveConfiguration } from '../configuration.ts'
import { Metering } from '../metering.ts'
import { observeFetch } from './fetch.ts'

afterEach(() => {
  diag.disable()
  vi.unstubAllGlobals()
})

function warningsOfStart(): unknown[] {
  const warn = vi.fn()
  diag.setLogger({ error: warn, warn, info: warn, debug: warn, verbose: warn }, DiagLogLevel.WARN)
  const metering = new Metering(resolveConfiguration({}, {}), {
    tracer: () => {
      throw new Error('no call is made')
    },
    metrics: () => undefined,
    logger: () => undefined as never,
  })
  observeFetch(metering)()
  return warn.mock.calls
}

test('in Bun and Deno, whose fetch is not undici, a warning says that its calls have no tokens', () => {
  const versions = { ...process.versions, undici: undefined }
  vi.stubGlobal('process', Object.create(process, { versions: { value: versions } }))
  expect(warningsOfStart()).toEqual([
    [
      "this runtime's fetch is not undici: what it receives can't be seen, so its calls have no tokens (those by node:http have)",
    ],
  ])
})

test('in Node, nothing is said', () => {
  expect(warningsOfStart()).toEqual([])
})
