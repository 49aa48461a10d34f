import type { ProtobufReader } from './protobuf-reader.ts'
import type { AttributeValue, ResourceView } from './types.ts'

const SLOTS = 1024
/** Longer resources are not kept, so that the cache never takes more than a few megabytes. */
const LONGEST_KEPT = 4096

/** Remembers resources by their bytes: a service sends the same one with every batch. A new resource replaces one of the same hash. */
export class ResourceCache {
  readonly #kept: ({ bytes: Buffer; resource: ResourceView } | undefined)[] = new Array(SLOTS)

  /** The resource in the part [start, end) of a ResourceSpans message. Several `resource` fields are merged. */
  read(reader: ProtobufReader, start: number, end: number): ResourceView {
    const parts: number[] = []
    reader.position = start
    while (reader.position < end) {
      const tag = reader.tag(end)
      if (tag === 0x0a) {
        const partEnd = reader.fieldEnd(end)
        parts.push(reader.position, partEnd)
        reader.position = partEnd
      } else {
        reader.skip(tag, end)
      }
    }
    if (parts.length !== 2) return decode(reader, parts)
    const bytes = reader.bytes.subarray(parts[0], parts[1])
    if (bytes.length > LONGEST_KEPT) return decode(reader, parts)
    const slot = hash(bytes) % SLOTS
    const kept = this.#kept[slot]
    if (kept?.bytes.equals(bytes) === true) return kept.resource
    const resource = decode(reader, parts)
    this.#kept[slot] = { bytes: Buffer.from(bytes), resource }
    return resource
  }
}

function hash(bytes: Buffer): number {
  let value = bytes.length
  for (let index = 0; index < bytes.length; index++) value = Math.imul(value ^ bytes[index]!, 0x01000193)
  return value >>> 0
}

/** Resource: 1 attributes KeyValue. */
function decode(reader: ProtobufReader, parts: readonly number[]): ResourceView {
  const attributes = new Map<string, AttributeValue>()
  for (let part = 0; part < parts.length; part += 2) {
    const end = parts[part + 1]!
    reader.position = parts[part]!
    while (reader.position < end) {
      const tag = reader.tag(end)
      if (tag === 0x0a) {
        const attributeEnd = reader.fieldEnd(end)
        reader.attributeInto(attributes, reader.position, attributeEnd)
        reader.position = attributeEnd
      } else {
        reader.skip(tag, end)
      }
    }
  }
  return { attributes }
}
