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
    // Before the SDK that an app has of its own is shut down there: a call that failed may be waiting to be tried again.
    process.prependListener('beforeExit', () => metering.endOpenCalls())
    if (isRegistered('trace')) return
    const sdk = startSdk()
    yieldToAppSdk((name) => sdk[name as keyof StartedSdk]?.yield())
    flushOnExit(metering, sdk)
  } finally {
    stopDiagnostics()
  }
}

// The variables are read by OpenTelemetry's parts, too, some of which throw at what they can't read.
try {
  start()
} catch (error) {
  process.stderr.write(
    `@spanmeter/instrumentation could not start (${error}): spans are not delivered. The app is not affected.\n`,
  )
}
