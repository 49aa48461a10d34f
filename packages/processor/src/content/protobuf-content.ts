import { ProtobufReader } from '../otlp/protobuf-reader.ts'
import type { Splice } from '../otlp/splice.ts'
import { encodeVarint } from '../otlp/varint.ts'
import type { CompiledPolicy } from './policy.ts'
import { valueText } from './value-text.ts'

/** A message that contains attributes, or messages with attributes; fields by tag (field number and wire type 2). */
interface Place {
  readonly attributes?: number
  readonly events?: number
  readonly children?: ReadonlyMap<number, Place>
}

const event: Place = { attributes: 0x1a }
const link: Place = { attributes: 0x22 }
const span: Place = { attributes: 0x4a, events: 0x5a, children: new Map([[0x6a, link]]) }
const scope: Place = { attributes: 0x1a }
const scopeSpans: Place = {
  children: new Map([
    [0x0a, scope],
    [0x12, span],
  ]),
}
const resource: Place = { attributes: 0x0a }
const resourceSpans: Place = {
  children: new Map([
    [0x0a, resource],
    [0x12, scopeSpans],
  ]),
}
const request: Place = { children: new Map([[0x0a, resourceSpans]]) }

/** Notes in a splice what the policy changes in a batch. Only names of attributes are read, and values that are hashed. */
export class ProtobufContent {
  readonly #reader = new ProtobufReader()
  readonly #splice: Splice
  readonly #policy: CompiledPolicy

  constructor(splice: Splice, policy: CompiledPolicy) {
    this.#splice = splice
    this.#policy = policy
  }

  /** Throws `InvalidTracesError` on bytes that are not an ExportTraceServiceRequest. */
  apply(body: Buffer): void {
    this.#reader.begin(body)
    this.#visit(request, body.length)
  }

  #visit(place: Place, end: number): void {
    const reader = this.#reader
    while (reader.position < end) {
      const fieldStart = reader.position
      const tag = reader.tag(end)
      const child = place.children?.get(tag)
      if (tag !== place.attributes && tag !== place.events && child === undefined) {
        reader.skip(tag, end)
        continue
      }
      const lengthStart = reader.position
      const fieldEnd = reader.fieldEnd(end)
      const start = reader.position
      if (child !== undefined) this.#edit(lengthStart, start, fieldEnd, () => this.#visit(child, fieldEnd))
      else if (tag === place.attributes) this.#attribute(fieldStart, lengthStart, start, fieldEnd)
      else this.#event(fieldStart, lengthStart, start, fieldEnd)
      reader.position = fieldEnd
    }
  }

  /** Makes edits inside a message, and if there were any, changes its length prefix. */
  #edit(lengthStart: number, start: number, end: number, makeEdits: () => void): void {
    const splice = this.#splice
    const edit = splice.replace(lengthStart, start)
    makeEdits()
    if (splice.count === edit + 1) {
      splice.undo(edit)
      return
    }
    const scratchStart = splice.scratchLength
    splice.write(encodeVarint(end - start + splice.growth(edit + 1)))
    splice.fill(edit, scratchStart)
  }

  #event(fieldStart: number, lengthStart: number, start: number, end: number): void {
    const reader = this.#reader
    let name = ''
    reader.position = start
    while (reader.position < end) {
      const tag = reader.tag(end)
      if (tag === 0x12) {
        const nameEnd = reader.fieldEnd(end)
        name = reader.text(reader.position, nameEnd)
        reader.position = nameEnd
      } else reader.skip(tag, end)
    }
    if (this.#policy.dropsEvent(name)) {
      this.#splice.replace(fieldStart, end)
      return
    }
    reader.position = start
    this.#edit(lengthStart, start, end, () => this.#visit(event, end))
  }

  #attribute(fieldStart: number, lengthStart: number, start: number, end: number): void {
    const reader = this.#reader
    if (!reader.findKey(start, end)) return
    const action = this.#policy.actionFor(reader.text(reader.keyStart, reader.keyEnd))
    if (action === 'keep') return
    if (action === 'drop') {
      this.#splice.replace(fieldStart, end)
      return
    }
    const key = reader.bytes.subarray(reader.keyStart, reader.keyEnd)
    const text = action === 'mask' ? '***' : this.#policy.hash(valueText(reader.keyValueValue(start, end)))
    const anyValue = Buffer.concat([Buffer.from([0x0a, text.length]), Buffer.from(text)])
    const keyValue = [
      Buffer.from([0x0a]),
      encodeVarint(key.length),
      key,
      Buffer.from([0x12, anyValue.length]),
      anyValue,
    ]
    const length = keyValue.reduce((sum, part) => sum + part.length, 0)
    const scratchStart = this.#splice.scratchLength
    for (const part of [encodeVarint(length), ...keyValue]) this.#splice.write(part)
    this.#splice.replace(lengthStart, end, scratchStart)
  }
}
