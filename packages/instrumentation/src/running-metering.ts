export interface RunningMetering {
  /** Ends every span that is still open, with what is known. */
  endOpenCalls(): void
  /** Puts everything back as it was. */
  stop(): void
}

/** Shared with other copies of this package in the process. */
const RUNNING = Symbol.for('@spanmeter/instrumentation/running')
const globals = globalThis as { [RUNNING]?: RunningMetering | undefined }

export function runningMetering(): RunningMetering | undefined {
  return globals[RUNNING]
}

export function setRunningMetering(running: RunningMetering | undefined): void {
  globals[RUNNING] = running
}
