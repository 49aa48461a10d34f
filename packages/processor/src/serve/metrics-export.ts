import type { Config } from '../config/types.ts'
import type { DestinationGroup } from '../exporters/destination-group.ts'
import type { CostMetrics } from '../metrics/cost-metrics.ts'
import { onceAborted } from '../once-aborted.ts'
import { countItems } from '../protocol/count-items.ts'

/** Hands an OTLP metrics request of our own to the exporters. */
export async function exportMetrics(destinations: DestinationGroup, payload: Uint8Array): Promise<void> {
  const itemCount = countItems(payload, 'protobuf', 'metrics')
  if (itemCount === 0) return
  const record = {
    signal: 'metrics',
    encoding: 'protobuf',
    itemCount,
    acceptedAt: Date.now(),
    payload,
  } as const
  // Nothing is lost if the queue is full: these are totals, and the next export contains them.
  await destinations.send(record, () => undefined).catch(() => undefined)
}

/** Sends the cost metrics as OTLP at intervals, and once more on `close`, which waits no longer than its deadline. */
export function startMetricsExport(
  { metrics: { exportInterval }, exporters }: Config,
  costMetrics: CostMetrics,
  send: (payload: Uint8Array) => Promise<void>,
): { close(deadline: AbortSignal): Promise<void> } {
  if (exportInterval === 0 || exporters.length === 0) return { close: () => Promise.resolve() }
  const sendNow = async (): Promise<void> => send(await costMetrics.otlp())
  const timer = setInterval(() => void sendNow(), exportInterval).unref()
  return {
    close(deadline) {
      clearInterval(timer)
      const { promise: cut, resolve } = Promise.withResolvers<void>()
      onceAborted(deadline, resolve)
      return Promise.race([sendNow(), cut])
    },
  }
}
