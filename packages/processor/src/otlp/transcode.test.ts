import { describe, expect, test } from 'vitest'
import { decodeTraces, encodeTraces, type Message, testSpan } from '../../test/support/otlp-messages.ts'
import { nestedMessage } from '../../test/support/raw-fields.ts'
import { InvalidTracesError } from './errors.ts'
import { transcode } from './transcode.ts'

const request: Message = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'svc' } }] },
      scopeSpans: [
        {
          scope: { name: 'scope', version: '1' },
          spans: [
            testSpan({
              id: 7,
              parent: 3,
              start: '1755600000123456789',
              end: '18446744073709551615',
              kind: 3,
              flags: 257,
              traceState: 'a=b',
              status: { code: 2, message: 'no' },
              events: [
                { timeUnixNano: '1755600000123456790', name: 'e', attributes: [{ key: 'a', value: {} }] },
              ],
              links: [{ traceId: Buffer.alloc(16, 9), spanId: Buffer.alloc(8, 8) }],
            }),
            {
              attributes: [
                { key: 'max', value: { intValue: '9223372036854775807' } },
                { key: 'min', value: { intValue: '-9223372036854775808' } },
                { key: 'odd', value: { intValue: '9007199254740993' } },
                { key: 'nan', value: { doubleValue: Number.NaN } },
                { key: 'infinity', value: { doubleValue: Number.NEGATIVE_INFINITY } },
                { key: 'minus zero', value: { doubleValue: -0 } },
                { key: 'tenth', value: { doubleValue: 0.1 } },
                { key: 'zero', value: { intValue: '0' } },
                { key: 'false', value: { boolValue: false } },
                { key: 'empty', value: { stringValue: '' } },
                { key: 'bytes', value: { bytesValue: Buffer.from([0, 255, 128]) } },
                { key: 'text', value: { stringValue: 'ünï "quoted"\n\u0000 😀' } },
                {
                  key: 'list',
                  value: {
                    arrayValue: {
                      values: [{ intValue: '1' }, { stringValue: 'two' }, {}, { boolValue: true }],
                    },
                  },
                },
                { key: 'map', value: { kvlistValue: { values: [{ key: 'k', value: { doubleValue: 1 } }] } } },
              ],
            },
          ],
          schemaUrl: 'https://example.com/schema',
        },
      ],
    },
  ],
}

describe('transcode', () => {
  test('gives back the same message after protobuf to JSON to protobuf', () => {
    const bytes = encodeTraces(request)
    const json = transcode(bytes, 'traces', 'protobuf', 'json')
    expect(decodeTraces(transcode(json, 'traces', 'json', 'protobuf'))).toEqual(decodeTraces(bytes))
  })

  test('writes ids as hex, 64-bit integers as strings, and names NaN', () => {
    const json = JSON.parse(
      Buffer.from(transcode(encodeTraces(request), 'traces', 'protobuf', 'json')).toString(),
    )
    const [first, second] = json.resourceSpans[0].scopeSpans[0].spans
    expect(first).toMatchObject({
      traceId: '01010101010101010101010101010101',
      spanId: '0000000000000007',
      parentSpanId: '0000000000000003',
      startTimeUnixNano: '1755600000123456789',
      endTimeUnixNano: '18446744073709551615',
    })
    const values = Object.fromEntries(second.attributes.map(({ key, value }: Message) => [key, value]))
    expect(values).toMatchObject({
      max: { intValue: '9223372036854775807' },
      nan: { doubleValue: 'NaN' },
      infinity: { doubleValue: '-Infinity' },
      bytes: { bytesValue: 'AP+A' },
    })
  })

  test('reads bare integers beyond 2^53 exactly, null as absent, and passes over unknown members', () => {
    const json = `{"resourceSpans":[{"resource":null,"scopeSpans":[{"spans":[{"startTimeUnixNano":1755600000123456789,
      "name":"a","unknown":{"x":[1]},"status":null,"attributes":[{"key":"i","value":{"intValue":9007199254740993}}]}]}]}]}`
    expect(decodeTraces(transcode(Buffer.from(json), 'traces', 'json', 'protobuf'))).toEqual({
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                {
                  name: 'a',
                  startTimeUnixNano: '1755600000123456789',
                  attributes: [{ key: 'i', value: { intValue: '9007199254740993' } }],
                },
              ],
            },
          ],
        },
      ],
    })
  })

  test.each([
    ['JSON that is cut off', '{"resourceSpans":['],
    ['a number where a string belongs', '{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":1}]}]}]}'],
    ['an id that is not hex', '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"xyz0"}]}]}]}'],
    ['a list at the top', '[]'],
  ])('refuses %s', (_title, json) => {
    expect(() => transcode(Buffer.from(json), 'traces', 'json', 'protobuf')).toThrow(InvalidTracesError)
  })

  test('keeps packed and signed numbers of a metric exact', () => {
    const json = {
      resourceMetrics: [
        {
          scopeMetrics: [
            {
              metrics: [
                {
                  name: 'm',
                  exponentialHistogram: {
                    dataPoints: [
                      {
                        count: '3',
                        scale: -2,
                        positive: { offset: -5, bucketCounts: ['1', '2'] },
                        zeroThreshold: 1e-9,
                      },
                    ],
                    aggregationTemporality: 2,
                  },
                },
                {
                  name: 'h',
                  histogram: {
                    dataPoints: [
                      {
                        count: '18446744073709551615',
                        sum: 0,
                        bucketCounts: ['1', '0'],
                        explicitBounds: [0.5, 0],
                      },
                    ],
                  },
                },
                { name: 'g', gauge: { dataPoints: [{ asInt: '-9223372036854775808' }] } },
              ],
            },
          ],
        },
      ],
    }
    const bytes = transcode(Buffer.from(JSON.stringify(json)), 'metrics', 'json', 'protobuf')
    expect(JSON.parse(Buffer.from(transcode(bytes, 'metrics', 'protobuf', 'json')).toString())).toEqual(json)
  })

  test('keeps the last of several values that exclude each other, as protobuf has it', () => {
    // NumberDataPoint: 4 as_double, 6 as_int; Metric: 5 gauge, 7 sum, each with 1 data_points
    const asDouble = Buffer.from('21000000000000f83f', 'hex')
    const asInt = Buffer.from('310700000000000000', 'hex')
    const gauge = nestedMessage([5, 1], asInt)
    const sum = nestedMessage([7, 1], Buffer.concat([asDouble, asInt]))
    const json = JSON.parse(
      Buffer.from(
        transcode(nestedMessage([1, 2, 2], Buffer.concat([gauge, sum])), 'metrics', 'protobuf', 'json'),
      ).toString(),
    )
    expect(json.resourceMetrics[0].scopeMetrics[0].metrics).toEqual([
      { sum: { dataPoints: [{ asInt: '7' }] } },
    ])
  })

  test('keeps the sign of a zero', () => {
    const json =
      '{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"summary":{"dataPoints":[{"sum":-0.0}]}}]}]}]}'
    const bytes = transcode(Buffer.from(json), 'metrics', 'json', 'protobuf')
    expect(Buffer.from(transcode(bytes, 'metrics', 'protobuf', 'json')).toString()).toContain('"sum":"-0"')
  })
})

test.each([
  [
    'traces',
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{"kind":"SPAN_KIND_CLIENT","status":{"code":"STATUS_CODE_ERROR"}}]}]}]}',
    { resourceSpans: [{ scopeSpans: [{ spans: [{ kind: 3, status: { code: 2 } }] }] }] },
  ],
  [
    'logs',
    '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":"SEVERITY_NUMBER_WARN2"}]}]}]}',
    { resourceLogs: [{ scopeLogs: [{ logRecords: [{ severityNumber: 14 }] }] }] },
  ],
  [
    'metrics',
    '{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"sum":{"aggregationTemporality":"AGGREGATION_TEMPORALITY_CUMULATIVE"}}]}]}]}',
    { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ sum: { aggregationTemporality: 2 } }] }] }] },
  ],
] as const)('takes the names of enumerations’ values for their numbers: %s', (signal, json, numbers) => {
  const bytes = transcode(Buffer.from(json), signal, 'json', 'protobuf')
  expect(JSON.parse(Buffer.from(transcode(bytes, signal, 'protobuf', 'json')).toString())).toEqual(numbers)
})
