// An app with metrics of its own and no traces.
const { context, createContextKey, metrics } = require('@opentelemetry/api')
const { MeterProvider, MetricReader } = require('@opentelemetry/sdk-metrics')

class PulledMetrics extends MetricReader {
  async onForceFlush() {}
  async onShutdown() {}
}
const reader = new PulledMetrics()
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))

const key = createContextKey('carried')
context.with(context.active().setValue(key, 'context is carried'), () => {
  process.stdout.write(`${context.active().getValue(key)}\n`)
})
process.on('beforeExit', async () => {
  const { resourceMetrics } = await reader.collect()
  const measured = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics)
  process.stdout.write(`own metrics: ${measured.map(({ descriptor }) => descriptor.name).toSorted()}\n`)
  process.exit()
})
require('./app.cjs')
