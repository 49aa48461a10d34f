import { diag } from '@opentelemetry/api'

/** Runs code of ours, or a hook, inside the app: whatever goes wrong in there isn't the app's problem. */
export function safely<T>(what: string, run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    diag.error(`@spanmeter/instrumentation: ${what} failed`, error)
    return undefined
  }
}
