import type { ProtobufReader } from './protobuf-reader.ts'
import type { AttributeValue, ResourceView } from './types.ts'

const MOST_KEPT = 64

/** Resources by their bytes: a service sends the same one with every batch. */
export class ResourceCache {
  readonly #kept: { bytes: Buffer; resource: ResourceView }[] = []
  #next = 0

  /** Of the ResourceSpans message in [start, end). A resource split over several fields merges. */
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
    const kept = this.#kept.find((candidate) => candidate.bytes.equals(bytes))
    if (kept !== undefined) return kept.resource
    const resource = decode(reader, parts)
    this.#kept[this.#next++ % MOST_KEPT] = { bytes: Buffer.from(bytes), resource }
    return resource
  }
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
