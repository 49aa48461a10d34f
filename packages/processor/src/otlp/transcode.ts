import type { OtlpEncoding, Signal } from '../types.ts'
import { jsonToProtobuf } from './json-to-protobuf.ts'
import { protobufToJson } from './protobuf-to-json.ts'
import { logsRequest } from './schema/logs.ts'
import { metricsRequest } from './schema/metrics.ts'
import { tracesRequest } from './schema/traces.ts'
import type { MessageType } from './schema/types.ts'

const requests: Readonly<Record<Signal, MessageType>> = {
  traces: tracesRequest,
  metrics: metricsRequest,
  logs: logsRequest,
}

/**
 * An export request in another encoding; the same bytes if the encodings are equal.
 *
 * @throws InvalidTracesError on bytes that are not such a request.
 */
export function transcode(
  bytes: Uint8Array,
  signal: Signal,
  from: OtlpEncoding,
  to: OtlpEncoding,
): Uint8Array {
  if (from === to) return bytes
  return to === 'json'
    ? Buffer.from(protobufToJson(bytes, requests[signal]))
    : jsonToProtobuf(bytes, requests[signal])
}
