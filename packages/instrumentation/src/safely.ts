import { diag } from '@opentelemetry/api'

/** Runs code of ours, or a hook, inside the app: whatever goes wrong in there isn't the app's problem. */
export function safely<T>(what: string, run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    report(what, error)
    return undefined
  }
}

/** As {@link safely}, of what is run over and over. */
export function safe<T>(what: string, run: (argument: T) => void): (argument: T) => void {
  return (argument) => {
    try {
      run(argument)
    } catch (error) {
      report(what, error)
    }
  }
}

function report(what: string, error: unknown): void {
  diag.error(`@spanmeter/instrumentation: ${what} failed`, error)
}
