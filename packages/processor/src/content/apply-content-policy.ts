import type { BufferPool } from '../otlp/buffer-pool.ts'
import { Splice } from '../otlp/splice.ts'
import type { OtlpEncoding } from '../types.ts'
import { JsonContent } from './json-content.ts'
import { compilePolicy } from './policy.ts'
import { ProtobufContent } from './protobuf-content.ts'
import type { ContentPolicy } from './types.ts'

interface FilteredBody {
  /** The very bytes that came in, if the policy changes nothing. */
  readonly bytes: Buffer
  release(): void
}

export type ContentFilter = (body: Buffer, encoding: OtlpEncoding) => FilteredBody

/**
 * A filter that drops, masks and hashes attributes before anything else reads a batch; `undefined` if the policy is empty. The
 * filter throws `InvalidTracesError` on bytes that are not an ExportTraceServiceRequest.
 */
export function createContentFilter(policy: ContentPolicy, pool: BufferPool): ContentFilter | undefined {
  const compiled = compilePolicy(policy)
  if (compiled === undefined) return undefined
  const splice = new Splice()
  const contents = {
    protobuf: new ProtobufContent(splice, compiled),
    json: new JsonContent(splice, compiled),
  }
  return (body, encoding) => {
    splice.clear()
    contents[encoding].apply(body)
    if (splice.count === 0) return { bytes: body, release: () => {} }
    const { buffer, length } = splice.apply(body, pool)
    return { bytes: buffer.subarray(0, length), release: () => pool.release(buffer) }
  }
}
