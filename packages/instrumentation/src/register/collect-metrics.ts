import type { CollectionResult, IMetricReader, MetricData, ScopeMetrics } from '@opentelemetry/sdk-metrics'

type ResourceMetrics = CollectionResult['resourceMetrics']

/** What the SDK keeps for a reader; none of it is part of its API. */
interface Collector {
  readonly _sharedState: {
    readonly resource: ResourceMetrics['resource']
    readonly meterSharedStates: ReadonlyMap<string, MeterState>
  }
}
interface MeterState {
  readonly _instrumentationScope: ScopeMetrics['scope']
  readonly metricStorageRegistry: {
    getStorages(
      collector: Collector,
    ): { collect(collector: Collector, time: [number, number]): MetricData | undefined }[]
  }
}

/**
 * What `MetricReader.collect` gives, without observable instruments, but synchronously: while a process exits, nothing
 * asynchronous runs any more.
 * https://github.com/open-telemetry/opentelemetry-js/blob/main/packages/sdk-metrics/src/state/MetricCollector.ts
 *
 * @returns `undefined` where nothing was measured.
 */
export function collectMetrics(reader: IMetricReader): ResourceMetrics | undefined {
  const collector = (reader as unknown as { _sdkMetricProducer: Collector })._sdkMetricProducer
  const { resource, meterSharedStates } = collector._sharedState
  const now = Date.now()
  const time: [number, number] = [Math.floor(now / 1000), (now % 1000) * 1_000_000]
  const scopeMetrics = [...meterSharedStates.values()].flatMap((meter): ScopeMetrics[] => {
    const metrics = meter.metricStorageRegistry
      .getStorages(collector)
      .map((storage) => storage.collect(collector, time))
      .filter((data) => data !== undefined)
    return metrics.length === 0 ? [] : [{ scope: meter._instrumentationScope, metrics }]
  })
  return scopeMetrics.length === 0 ? undefined : { resource, scopeMetrics }
}
