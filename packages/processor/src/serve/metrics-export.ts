import type { Config } from '../config/types.ts'
import type { DestinationGroup } from '../exporters/destination-group.ts'
import type { CostMetrics } from '../metrics/index.ts'
import { countItems } from '../receivers/count-items.ts'

/** Sends the cost metrics to the exporters as OTLP, at intervals and once more at the end. */
export function startMetricsExport(
  { metrics: { exportInterval }, exporters }: Config,
  costMetrics: CostMetrics,
  destinations: DestinationGroup,
): { close(): Promise<void> } {
  const send = async (): Promise<void> => {
    const payload = costMetrics.otlp()
    const itemCount = countItems(payload, 'protobuf', 'metrics')
    if (itemCount === 0) return
    const record = {
      signal: 'metrics',
      encoding: 'protobuf',
      itemCount,
      acceptedAt: Date.now(),
      payload,
    } as const
    // A full queue costs nothing here: these are totals, and the next ones contain them.
    await destinations.send(record, () => undefined).catch(() => undefined)
  }
  if (exportInterval === 0 || exporters.length === 0) return { close: () => Promise.resolve() }
  const timer = setInterval(() => void send(), exportInterval).unref()
  return {
    async close() {
      clearInterval(timer)
      await send()
    },
  }
}
