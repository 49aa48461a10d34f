import type { OtlpEncoding } from '../types.ts'
import { JsonTraces } from './json-traces.ts'
import { ProtobufTraces } from './protobuf-traces.ts'
import type { TracesCodec } from './types.ts'

/** A codec. It handles one batch at a time, so it must not be shared. */
export function tracesCodec(encoding: OtlpEncoding): TracesCodec {
  return encoding === 'json' ? new JsonTraces() : new ProtobufTraces()
}
