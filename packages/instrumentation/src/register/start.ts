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

start()
