import type { GoProgram } from './go-program.ts'

// The versions that docker-compose.yml pins, as far as they can be had as Go modules.
const collectorVersion = 'v0.158.0'
const prometheusVersion = 'v0.315.0' // the module's version of Prometheus 3.15.0

const prometheus = {
  module: 'github.com/prometheus/prometheus',
  version: prometheusVersion,
  // Service discovery for two dozen clouds is most of the build and of no use on loopback.
  tags: ['remove_all_sd'],
  replacements: ['cloud.google.com/go=cloud.google.com/go@v0.123.0'],
}

/** Programs built from Go modules. `otelcol` is made by the Collector's own builder, see build-collector.ts. */
export const goPrograms: readonly GoProgram[] = [
  {
    name: 'builder',
    module: 'go.opentelemetry.io/collector/cmd/builder',
    version: collectorVersion,
  },
  { ...prometheus, name: 'prometheus', command: 'cmd/prometheus' },
  { ...prometheus, name: 'promtool', command: 'cmd/promtool' },
  {
    name: 'telemetrygen',
    module: 'github.com/open-telemetry/opentelemetry-collector-contrib/cmd/telemetrygen',
    version: 'v0.161.0',
  },
  {
    name: 'alertmanager',
    module: 'github.com/prometheus/alertmanager',
    version: 'v0.34.2',
    command: 'cmd/alertmanager',
    // The module embeds its web page, which is built apart and not in it.
    placeholders: ['ui/app/dist/index.html'],
  },
  {
    // The module path has no /v2, so to a Go module proxy the newest is v1.76.0: it has Jaeger 2.13.0 in it.
    name: 'jaeger',
    module: 'github.com/jaegertracing/jaeger',
    version: 'v1.76.0',
    command: 'cmd/jaeger',
    replacements: ['github.com/Shopify/sarama=github.com/Shopify/sarama@v1.33.0'],
  },
  {
    // Checks an HTTP/2 server rule by rule.
    name: 'h2spec',
    module: 'github.com/summerwind/h2spec',
    version: 'v2.2.1+incompatible',
    command: 'cmd/h2spec',
  },
  {
    // Needs no engine to check docker-compose.yml.
    name: 'docker-compose',
    module: 'github.com/docker/compose/v2',
    version: 'v2.40.3',
    command: 'cmd',
  },
]
