import type { GoProgram } from './go-program.ts'

// The versions that docker-compose.yml pins, as far as they can be had as Go modules.
export const collectorVersion = 'v0.158.0'
export const prometheusVersion = 'v0.315.0' // Go module version of Prometheus 3.15.0
export const alertmanagerVersion = 'v0.34.2'

/** Programs built from Go modules. `otelcol` is made by the Collector's own builder, see build-collector.ts. */
export const goPrograms: readonly GoProgram[] = [
  {
    name: 'builder',
    package: 'go.opentelemetry.io/collector/cmd/builder',
    version: collectorVersion,
  },
  {
    name: 'prometheus',
    package: 'github.com/prometheus/prometheus/cmd/prometheus',
    version: prometheusVersion,
    // Service discovery for two dozen clouds is most of the build and of no use on loopback.
    tags: ['remove_all_sd'],
    replacements: ['cloud.google.com/go=cloud.google.com/go@v0.123.0'],
  },
  {
    name: 'promtool',
    package: 'github.com/prometheus/prometheus/cmd/promtool',
    version: prometheusVersion,
    tags: ['remove_all_sd'],
    replacements: ['cloud.google.com/go=cloud.google.com/go@v0.123.0'],
  },
  {
    name: 'telemetrygen',
    package: 'github.com/open-telemetry/opentelemetry-collector-contrib/cmd/telemetrygen',
    version: collectorVersion,
  },
  {
    name: 'alertmanager',
    package: 'github.com/prometheus/alertmanager/cmd/alertmanager',
    version: alertmanagerVersion,
  },
  {
    // The module path has no /v2, so a Go module proxy knows v1.76.0 as the newest: it is Jaeger 2.13.0.
    name: 'jaeger',
    package: 'github.com/jaegertracing/jaeger/cmd/jaeger',
    version: 'v1.76.0',
    replacements: ['github.com/Shopify/sarama=github.com/Shopify/sarama@v1.33.0'],
  },
]
