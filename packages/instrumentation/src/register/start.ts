import { startMetering } from '../start-metering.ts'
import { EXIT_WORKER } from './delivery.ts'
import { readBoolean } from './environment-values.ts'
import { flushOnExit } from './exit.ts'
import { startSdk } from './sdk.ts'
import { hasSdk, yieldToAppSdk } from './yield-to-app-sdk.ts'

const STARTED = Symbol.for('@spanmeter/instrumentation/register')

function start(): void {
  const globals = globalThis as { [STARTED]?: boolean }
  if (globals[STARTED] === true || readBoolean('OTEL_SDK_DISABLED') || readBoolean(EXIT_WORKER)) return
  globals[STARTED] = true
  const metering = startMetering()
  if (hasSdk()) return
  const sdk = startSdk()
  yieldToAppSdk((name) => sdk.yield(name))
  flushOnExit(metering, sdk)
}

// The variables are read by OpenTelemetry's parts, too, some of which throw at what they can't read.
try {
  start()
} catch (error) {
  process.stderr.write(
    `@spanmeter/instrumentation could not start (${error}): spans are not delivered. The app is not affected.\n`,
  )
}
