import { asCount, type JsonObject } from '../../wire/json.ts'

/** Collects what a stream delivers in pieces, each with the index of the choice, block or call it belongs to. */
export class Pieces {
  readonly #items = new Map<number, JsonObject>()

  /** The item with that index, which is created if there is none yet. */
  at(index: unknown, position = 0): JsonObject {
    const key = asCount(index) ?? position
    let item = this.#items.get(key)
    if (item === undefined) {
      item = {}
      this.#items.set(key, item)
    }
    return item
  }

  /** All items, in the order of their indices. */
  all(): JsonObject[] {
    return [...this.#items].sort(([a], [b]) => a - b).map(([, item]) => item)
  }
}

/** Appends a piece of text to a member; anything else is ignored. */
export function append(item: JsonObject, name: string, piece: unknown): void {
  if (typeof piece !== 'string') return
  const before = item[name]
  item[name] = typeof before === 'string' ? before + piece : piece
}
