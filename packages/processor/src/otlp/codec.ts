import type { OtlpEncoding } from '../types.ts'
import { JsonTraces } from './json-traces.ts'
import { ProtobufTraces } from './protobuf-traces.ts'
import type { TracesCodec } from './types.ts'

/** A codec for one user: it takes one batch at a time. */
export function tracesCodec(encoding: OtlpEncoding): TracesCodec {
  return encoding === 'json' ? new JsonTraces() : new ProtobufTraces()
}
