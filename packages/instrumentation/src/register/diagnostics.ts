import { DiagConsoleLogger, DiagLogLevel, diag } from '@opentelemetry/api'
import { readOneOf } from '../environment-values.ts'
import { isRegistered } from './yield-to-app-sdk.ts'

const LEVELS = ['NONE', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'VERBOSE', 'ALL'] as const

/**
 * Logs as `OTEL_LOG_LEVEL` says. Where that is unset, each variable that isn't understood is still a line on stderr, as
 * long as the variables are being read.
 *
 * @returns a function that ends that.
 */
export function startDiagnostics(): () => void {
  if (isRegistered('diag')) return () => {}
  const ignore = (): void => {}
  const printed = new Set<string>()
  const warn = (message: string): void => {
    // Threads have the same variables, and an app may start many.
    if (printed.has(message) || !process.getBuiltinModule('node:worker_threads').isMainThread) return
    printed.add(message)
    process.stderr.write(`@spanmeter/instrumentation: ${message}\n`)
  }
  diag.setLogger({ error: ignore, warn, info: ignore, debug: ignore, verbose: ignore }, DiagLogLevel.WARN)
  const level = readOneOf('OTEL_LOG_LEVEL', LEVELS)
  if (level === undefined) return () => diag.disable()
  diag.setLogger(new DiagConsoleLogger(), { logLevel: DiagLogLevel[level], suppressOverrideMessage: true })
  return () => {}
}
