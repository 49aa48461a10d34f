import { AttributeNames, type SequenceEnd } from './attribute-names.ts'
import type { SpanShape } from './span-shape.ts'

const COLUMNS = 4

/** The positions and names of the attributes of the span being read. Reused for each span. */
export class AttributePositions {
  readonly #names = new AttributeNames()
  /** For each attribute: start and end, then start and end of its value. */
  #positions = new Int32Array(64 * COLUMNS)
  #used = 0
  /** For each attribute in the sequence of names: the offset of its positions. */
  #sequenced = new Int32Array(64)
  #sequencedCount = 0
  /** Names of the other attributes, in order. */
  readonly #listed: string[] = []
  #end: SequenceEnd | undefined

  begin(): void {
    this.#names.begin()
    this.#used = 0
    this.#sequencedCount = 0
    if (this.#listed.length > 0) this.#listed.length = 0 // which is slow, even if nothing changes
    this.#end = undefined
  }

  /** Adds the span's next attribute. Unless stated otherwise, its value ends where the attribute does. */
  add(
    source: DataView,
    nameStart: number,
    nameEnd: number,
    start: number,
    end: number,
    valueStart: number,
    valueEnd: number = end,
  ): void {
    const listed = this.#names.note(source, nameStart, nameEnd)
    if (this.#used === this.#positions.length) {
      this.#positions = grown(this.#positions)
      this.#sequenced = grown(this.#sequenced)
    }
    const positions = this.#positions
    const row = this.#used
    if (listed === undefined) this.#sequenced[this.#sequencedCount++] = row
    else this.#listed.push(listed)
    positions[row] = start
    positions[row + 1] = end
    positions[row + 2] = valueStart
    positions[row + 3] = valueEnd
    this.#used = row + COLUMNS
  }

  get shape(): SpanShape {
    return this.#ended().shape
  }

  /** Where the value of the shape's name number `index` begins; for a repeated name, its first value. */
  valueStart(index: number): number {
    return this.#positions[this.#sequenced[this.#ended().firsts[index]!]! + 2]!
  }

  valueEnd(index: number): number {
    return this.#positions[this.#sequenced[this.#ended().firsts[index]!]! + 3]!
  }

  /** Start and end of each attribute, or of those that `isNamed` chooses. */
  ranges(isNamed?: (name: string) => boolean): number[] {
    const ranges: number[] = []
    const { texts } = this.#ended()
    let sequenced = 0
    let listed = 0
    for (let row = 0; row < this.#used; row += COLUMNS) {
      const isSequenced = sequenced < texts.length && this.#sequenced[sequenced] === row
      const name = isSequenced ? texts[sequenced++]! : this.#listed[listed++]!
      if (isNamed === undefined || isNamed(name))
        ranges.push(this.#positions[row]!, this.#positions[row + 1]!)
    }
    return ranges
  }

  #ended(): SequenceEnd {
    this.#end ??= this.#names.end()
    return this.#end
  }
}

function grown(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2)
  larger.set(numbers)
  return larger
}
