/**
 * Remembers what follows from a span's attribute names alone. Works because a codec hands out the same array for spans
 * that have the same names; where it doesn't, the answer is worked out each time.
 */
export function byNames<T>(workOut: (names: readonly string[]) => T): (names: readonly string[]) => T {
  const known = new WeakMap<readonly string[], T>()
  return (names) => {
    let result = known.get(names)
    if (result === undefined) {
      result = workOut(names)
      known.set(names, result)
    }
    return result
  }
}
