import { readBoolean } from '../environment-values.ts'
import { startMetering } from '../start-metering.ts'
import { EXIT_WORKER } from './delivery.ts'
import { startDiagnostics } from './diagnostics.ts'
import { flushOnExit } from './exit.ts'
import { setVariablesOfPm2 } from './pm2-variables.ts'
import { type StartedSdk, startSdk } from './sdk.ts'
import { isRegistered, yieldToAppSdk } from './yield-to-app-sdk.ts'

const STARTED = Symbol.for('@spanmeter/instrumentation/register')

function start(): void {
  const globals = globalThis as { [STARTED]?: boolean }
  if (globals[STARTED] === true || readBoolean(EXIT_WORKER) === true) return
  globals[STARTED] = true
  setVariablesOfPm2()
  const stopDiagnostics = startDiagnostics()
  try {
    if (readBoolean('OTEL_SDK_DISABLED') === true) return
    const metering = startMetering()
    // As the first listener: in a later one the app may shut its own SDK down, and a failed call may still wait for a
    // retry.
    process.prependListener('beforeExit', () => metering.endOpenCalls())
    if (isRegistered('trace')) return
    const sdk = startSdk()
    yieldToAppSdk((name) => sdk[name as keyof StartedSdk]?.yield())
    flushOnExit(metering, sdk)
  } finally {
    stopDiagnostics()
  }
}

// OpenTelemetry's own packages read variables as well, and some throw on a value they don't understand.
try {
  start()
} catch (error) {
  process.stderr.write(
    `@spanmeter/instrumentation could not start (${error}): spans are not delivered. The app is not affected.\n`,
  )
}
