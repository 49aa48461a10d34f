import { transcode } from '../../packages/processor/src/otlp/transcode.ts'
import type { Signal } from '../../packages/processor/src/types.ts'
import { RandomTraces } from '../../packages/processor/test/support/random-traces.ts'
import { newBatch } from '../chaos/load.ts'
import {
  LOGS_JSON,
  METRICS_JSON,
  newIds,
  tracesJson,
  tracesProtobuf,
} from '../conformance/support/payloads.ts'

const ALL_VALUES_JSON = Buffer.from(
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'fuzz' } }] },
        scopeSpans: [
          {
            scope: { name: '@spanmeter/fuzz', version: '1' },
            spans: [
              {
                traceId: '5b8efff798038103d269b633813fc60c',
                spanId: 'eee19b7ec3c1b174',
                name: 'chat gpt-4o-mini \u00e4\u2028\ud83d\ude00',
                kind: 3,
                startTimeUnixNano: '1544712660000000000',
                endTimeUnixNano: '1544712661000000000',
                attributes: [
                  { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
                  { key: 'gen_ai.provider.name', value: { stringValue: 'openai' } },
                  { key: 'gen_ai.response.model', value: { stringValue: 'gpt-4o-mini' } },
                  { key: 'gen_ai.usage.input_tokens', value: { intValue: '1000' } },
                  { key: 'gen_ai.usage.output_tokens', value: { intValue: 1000 } },
                  { key: 'd', value: { doubleValue: 1.5 } },
                  { key: 'n', value: { doubleValue: 'NaN' } },
                  { key: 'b', value: { boolValue: true } },
                  { key: 'y', value: { bytesValue: 'AAECAw==' } },
                  { key: 'a', value: { arrayValue: { values: [{ stringValue: 'x' }, { intValue: '9' }] } } },
                  { key: 'k', value: { kvlistValue: { values: [{ key: 'z', value: {} }] } } },
                ],
                events: [{ timeUnixNano: '1', name: 'e', attributes: [] }],
                links: [{ traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174' }],
                status: { code: 2, message: 'no' },
              },
            ],
          },
        ],
      },
    ],
  }),
)

/** Valid requests, of every shape that we have. */
export const PROTOBUF_TRACES: readonly Buffer[] = [
  newBatch(2, 2).body,
  tracesProtobuf(newIds(3)),
  toProtobuf(ALL_VALUES_JSON, 'traces'),
  ...Array.from({ length: 12 }, (_, seed) => new RandomTraces(seed + 1).request()),
]
export const JSON_TRACES: readonly Buffer[] = [ALL_VALUES_JSON, tracesJson(newIds(3)), Buffer.from('{}')]
export const JSON_OTHERS: readonly Buffer[] = [METRICS_JSON, LOGS_JSON]
export const PROTOBUF_OTHERS: readonly Buffer[] = [
  toProtobuf(METRICS_JSON, 'metrics'),
  toProtobuf(LOGS_JSON, 'logs'),
]

function toProtobuf(json: Buffer, signal: Signal): Buffer {
  return Buffer.from(transcode(json, signal, 'json', 'protobuf'))
}
