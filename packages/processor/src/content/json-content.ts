import { cutElements } from '../otlp/json-array.ts'
import { JsonReader } from '../otlp/json-reader.ts'
import { jsonAnyValue } from '../otlp/json-value.ts'
import type { Splice } from '../otlp/splice.ts'
import type { CompiledPolicy } from './policy.ts'
import { valueText } from './value-text.ts'

/** Members through which attributes are reached: objects, and lists of them. */
const descending = new Set(['resourceSpans', 'resource', 'scopeSpans', 'scope', 'spans', 'links'])

/** Notes in a splice what the policy changes in a batch of JSON text. */
export class JsonContent {
  readonly #reader = new JsonReader()
  readonly #splice: Splice
  readonly #policy: CompiledPolicy

  constructor(splice: Splice, policy: CompiledPolicy) {
    this.#splice = splice
    this.#policy = policy
  }

  /** Throws `InvalidTracesError` on text that is not JSON. */
  apply(body: Buffer): void {
    this.#reader.begin(body)
    this.#visit()
    // Cuts are noted at the end of a list, after what was masked in it.
    this.#splice.sort()
  }

  #visit(): void {
    const reader = this.#reader
    if (reader.peek() === 0x5b) {
      if (reader.openArray()) {
        do this.#visit()
        while (reader.moreElements())
      }
    } else if (reader.peek() !== 0x7b) reader.skipValue()
    else if (reader.openObject()) {
      do {
        reader.name()
        const member = reader.text()
        if (member === 'attributes') this.#list((start) => this.#attribute(start))
        else if (member === 'events') this.#list(() => this.#event())
        else if (descending.has(member)) this.#visit()
        else reader.skipValue()
      } while (reader.moreMembers())
    }
  }

  /** Visits the elements of a list. `visit` returns whether to cut the element. */
  #list(visit: (start: number) => boolean): void {
    const reader = this.#reader
    if (reader.peek() !== 0x5b) {
      reader.skipValue()
      return
    }
    const elements: number[] = []
    const cuts: number[] = []
    if (reader.openArray()) {
      do {
        reader.peek()
        const start = reader.position
        if (visit(start)) cuts.push(start, reader.position)
        elements.push(start, reader.position)
      } while (reader.moreElements())
    }
    cutElements(elements, cuts, (start, end) => this.#splice.replace(start, end))
  }

  #event(): boolean {
    const reader = this.#reader
    const before = this.#splice.count
    let name = ''
    if (reader.peek() !== 0x7b) reader.skipValue()
    else if (reader.openObject()) {
      do {
        reader.name()
        const member = reader.text()
        if (member === 'attributes') this.#list((start) => this.#attribute(start))
        else if (member === 'name' && reader.peek() === 0x22) {
          reader.string()
          name = reader.text()
        } else reader.skipValue()
      } while (reader.moreMembers())
    }
    if (!this.#policy.dropsEvent(name)) return false
    this.#splice.undo(before)
    return true
  }

  #attribute(start: number): boolean {
    const reader = this.#reader
    reader.skipValue()
    const end = reader.position
    const { key, value } = (reader.parse(start, end) ?? {}) as {
      key?: unknown
      value?: unknown
    }
    const action = typeof key === 'string' ? this.#policy.actionFor(key) : 'keep'
    if (action === 'keep') return false
    if (action === 'drop') return true
    const text = action === 'mask' ? '***' : this.#policy.hash(valueText(jsonAnyValue(value)))
    const scratchStart = this.#splice.scratchLength
    this.#splice.write(Buffer.from(JSON.stringify({ key, value: { stringValue: text } })))
    this.#splice.replace(start, end, scratchStart)
    return false
  }
}
