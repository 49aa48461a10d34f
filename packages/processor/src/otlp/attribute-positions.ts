import { AttributeNames, type SequenceEnd } from './attribute-names.ts'
import type { SpanShape } from './span-shape.ts'

const COLUMNS = 4

/** Where the attributes of the span being read are, and what they are called. Used again for each span. */
export class AttributePositions {
  readonly #names = new AttributeNames()
  /** Of each attribute: where it begins and ends, then where its value does. */
  #positions = new Int32Array(64 * COLUMNS)
  #used = 0
  #end: SequenceEnd | undefined

  begin(): void {
    this.#names.begin()
    this.#used = 0
    this.#end = undefined
  }

  /** The span's next attribute. `end` is where its value ends, too, if nothing else is said. */
  add(
    source: DataView,
    nameStart: number,
    nameEnd: number,
    start: number,
    end: number,
    valueStart: number,
    valueEnd: number = end,
  ): void {
    this.#names.note(source, nameStart, nameEnd)
    if (this.#used === this.#positions.length) {
      const grown = new Int32Array(this.#positions.length * 2)
      grown.set(this.#positions)
      this.#positions = grown
    }
    const positions = this.#positions
    const row = this.#used
    positions[row] = start
    positions[row + 1] = end
    positions[row + 2] = valueStart
    positions[row + 3] = valueEnd
    this.#used = row + COLUMNS
  }

  get shape(): SpanShape {
    return this.#ended().shape
  }

  /** Where the value of the shape's name number `index` begins: of a repeated name, the first. */
  valueStart(index: number): number {
    return this.#positions[this.#ended().firsts[index]! * COLUMNS + 2]!
  }

  valueEnd(index: number): number {
    return this.#positions[this.#ended().firsts[index]! * COLUMNS + 3]!
  }

  /** Start and end of each attribute of these names, and of all without a condition. */
  ranges(isNamed?: (name: string) => boolean): number[] {
    const ranges: number[] = []
    const { texts } = this.#ended()
    for (let attribute = 0; attribute < texts.length; attribute++) {
      if (isNamed !== undefined && !isNamed(texts[attribute]!)) continue
      const row = attribute * COLUMNS
      ranges.push(this.#positions[row]!, this.#positions[row + 1]!)
    }
    return ranges
  }

  #ended(): SequenceEnd {
    this.#end ??= this.#names.end()
    return this.#end
  }
}
