import { DiagConsoleLogger, DiagLogLevel, diag } from '@opentelemetry/api'
import { readOneOf } from '../environment-values.ts'
import { isRegistered } from './yield-to-app-sdk.ts'

const LEVELS = ['NONE', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'VERBOSE', 'ALL'] as const

/**
 * As `OTEL_LOG_LEVEL` says. Where it says nothing, nobody would learn of a variable that isn't understood: each is a line on
 * stderr then, as long as the variables are read.
 *
 * @returns what ends that.
 */
export function startDiagnostics(): () => void {
  if (isRegistered('diag')) return () => {}
  const ignore = (): void => {}
  const said = new Set<string>()
  const warn = (message: string): void => {
    // Threads share the variables, and many of them may be started.
    if (said.has(message) || !process.getBuiltinModule('node:worker_threads').isMainThread) return
    said.add(message)
    process.stderr.write(`@spanmeter/instrumentation: ${message}\n`)
  }
  diag.setLogger({ error: ignore, warn, info: ignore, debug: ignore, verbose: ignore }, DiagLogLevel.WARN)
  const level = readOneOf('OTEL_LOG_LEVEL', LEVELS)
  if (level === undefined) return () => diag.disable()
  diag.setLogger(new DiagConsoleLogger(), { logLevel: DiagLogLevel[level], suppressOverrideMessage: true })
  return () => {}
}
