import type { AlertRule } from '../types.ts'

const look = 'Dashboard "Spanmeter / Data quality", row "Processor"; the processor\'s log and /readyz.'

// Only Prometheus can evaluate these, as a processor can't tell that it is down itself. They select the job, as Collectors have
// metrics of the same names.

export const processorDown: AlertRule = {
  name: 'SpanmeterProcessorDown',
  severity: 'page',
  for: '5m',
  summary: 'Processor {instance} does not answer.',
  cause:
    'It stopped, ran out of memory, or its port is not reachable. Clients retry for a while; spans are lost after that.',
  look,
  unit: 'times',
  prometheus: 'up{job="spanmeter"} == 0',
}

export const processorRefusing: AlertRule = {
  name: 'SpanmeterProcessorRefusing',
  severity: 'page',
  for: '5m',
  summary: 'Processor {instance} turns away {value} spans a second.',
  cause: 'Its queue or disk is full, since a destination is down or too slow.',
  look,
  unit: 'calls',
  prometheus: 'sum by (instance) (rate(otelcol_receiver_refused_spans{job="spanmeter"}[5m])) > 0',
}

export const processorQueueFilling: AlertRule = {
  name: 'SpanmeterProcessorQueueFilling',
  severity: 'ticket',
  for: '10m',
  summary: 'The queue of {instance} for {exporter} is {value} full.',
  cause: 'Destination {exporter} is down, slow, or refuses what it is sent.',
  look,
  unit: 'ratio',
  prometheus:
    'max by (instance, exporter) (otelcol_exporter_queue_size{job="spanmeter"} / otelcol_exporter_queue_capacity{job="spanmeter"}) > 0.6',
}

export const processorDroppingSpans: AlertRule = {
  name: 'SpanmeterProcessorDroppingSpans',
  severity: 'page',
  for: '0m',
  summary: 'Processor {instance} gave up {value} spans for {exporter} in five minutes.',
  cause:
    'The destination rejects them for good: wrong credentials, wrong path, a batch above its limit. Or the queue lost them: a damaged file, or a ledger that lagged until it was full.',
  look,
  unit: 'calls',
  prometheus:
    'sum by (instance, exporter) (increase(otelcol_exporter_send_failed_spans{job="spanmeter"}[5m])) > 0',
}
