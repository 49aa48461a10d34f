import type { Dashboard } from '@grafana/schema'
import { dashboard } from './dashboard.ts'
import { table, timeSeries, traces } from './panels.ts'
import { qualityRow } from './quality-row.ts'
import { environment, total } from './queries.ts'

export const quality: Dashboard = dashboard({
  uid: 'spanmeter-quality',
  title: 'Data quality and processor',
  description:
    'What is unpriced or untagged, and whether the processor takes in, holds and delivers what it should.',
  rows: [
    qualityRow,
    {
      title: 'Unpriced and untagged',
      panels: [
        table({
          title: 'Unpriced calls by reason',
          description: 'Over the time range. An alias or a price in the overrides file mends most of them.',
          width: 12,
          by: ['provider', 'model', 'reason'],
          columns: [
            {
              name: 'Calls',
              unit: 'short',
              expr: `sum by (provider, model, reason) (${total('spanmeter_calls_unpriced_total', '')}) > 0`,
            },
          ],
        }),
        table({
          title: 'Cost without a required key',
          description: 'Over the time range, by the business key that is missing.',
          width: 12,
          by: ['missing', 'environment'],
          columns: [
            {
              name: 'Cost',
              unit: 'currencyUSD',
              expr: `sum by (missing, environment) (${total('spanmeter_cost_untagged_USD_total', environment)}) > 0`,
            },
          ],
        }),
        traces({
          title: 'Calls without a feature',
          description: 'Their service and route say where the context is lost. In Tempo.',
          query:
            '{ span.spanmeter.cost.amount > 0 && span.business.feature = nil } | select(span.spanmeter.cost.amount, resource.service.name, span.business.endpoint, span.gen_ai.response.model)',
        }),
      ],
    },
    {
      title: 'Processor',
      panels: [
        timeSeries({
          title: 'Spans in',
          description: 'A second: accepted into the queue; refused, to be sent again; failed, malformed.',
          unit: 'short',
          queries: [
            {
              expr: 'sum(rate(otelcol_receiver_accepted_spans{job="spanmeter"}[$__rate_interval]))',
              legend: 'accepted',
            },
            {
              expr: 'sum(rate(otelcol_receiver_refused_spans{job="spanmeter"}[$__rate_interval]))',
              legend: 'refused',
            },
            {
              expr: 'sum(rate(otelcol_receiver_failed_spans{job="spanmeter"}[$__rate_interval]))',
              legend: 'failed',
            },
          ],
        }),
        timeSeries({
          title: 'Spans out',
          description: 'A second, by destination.',
          unit: 'short',
          queries: [
            {
              expr: 'sum by (exporter) (rate(otelcol_exporter_sent_spans{job="spanmeter"}[$__rate_interval]))',
              legend: '{{exporter}} sent',
            },
            {
              expr: 'sum by (exporter) (rate(otelcol_exporter_send_failed_spans{job="spanmeter"}[$__rate_interval]))',
              legend: '{{exporter}} given up',
            },
          ],
        }),
        timeSeries({
          title: 'Queue',
          description: 'Bytes on disk that a destination still needs.',
          unit: 'bytes',
          queries: [
            {
              expr: 'max by (instance, exporter) (otelcol_exporter_queue_size{job="spanmeter"})',
              legend: '{{exporter}} {{instance}}',
            },
          ],
        }),
        timeSeries({
          title: 'Duplicate calls',
          description: 'A second. Seen before by trace and span id, and not counted again.',
          unit: 'short',
          queries: [{ expr: 'sum(rate(spanmeter_duplicate_calls[$__rate_interval]))', legend: 'duplicates' }],
        }),
      ],
    },
  ],
})
