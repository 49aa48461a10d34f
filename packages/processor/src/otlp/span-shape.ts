/** A sequence of attribute names, which all spans share that are made by the same line of somebody's code. */
export class SpanShape {
  /** Each once, in order of appearance. */
  readonly names: readonly string[]
  /** Results of the functions that `byShape` has made, one for each. */
  readonly known: unknown[] = []
  readonly #indexes: ReadonlyMap<string, number>

  /** @param names of all attributes; may contain repetitions. */
  constructor(names: Iterable<string>) {
    const indexes = new Map<string, number>()
    for (const name of names) if (!indexes.has(name)) indexes.set(name, indexes.size)
    this.names = [...indexes.keys()]
    this.#indexes = indexes
  }

  /** The index of a name in `names`, or -1. */
  indexOf(name: string): number {
    return this.#indexes.get(name) ?? -1
  }
}

/** The index of the first of `names` that a shape has, or -1. */
export function indexOfFirst(shape: SpanShape, names: readonly string[]): number {
  for (const name of names) {
    const index = shape.indexOf(name)
    if (index !== -1) return index
  }
  return -1
}

let askers = 0

/** Remembers what follows from a span's attribute names alone, so that it is worked out once for each shape, not each span. */
export function byShape<T extends object | number | boolean>(
  workOut: (shape: SpanShape) => T,
): (shape: SpanShape) => T {
  const asker = askers++
  return (shape) => {
    let result = shape.known[asker] as T | undefined
    if (result === undefined) {
      result = workOut(shape)
      shape.known[asker] = result
    }
    return result
  }
}

/** Whether a span has an attribute of one of these names. */
export function hasName(...names: string[]): (shape: SpanShape) => boolean {
  return byShape((shape) => indexOfFirst(shape, names) !== -1)
}

/** Whether a span has an attribute whose name begins with one of these. */
export function hasPrefix(...prefixes: string[]): (shape: SpanShape) => boolean {
  return byShape(({ names }) => names.some((name) => prefixes.some((prefix) => name.startsWith(prefix))))
}
