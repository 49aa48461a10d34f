/** More scopes, operations, providers, models or HTTP headers than real traffic has. */
const MOST_KEPT = 256
/** Longer than any header worth keeping, such as one with a token. */
const LONGEST_KEPT = 4096

/**
 * Remembers what follows from a text alone, so that it is worked out once for each text. Texts come from outside, so the
 * memory is bounded: it is emptied once `mostKept` texts are in it.
 */
export function byText<T>(workOut: (text: string) => T, mostKept: number = MOST_KEPT): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    let result = known.get(text)
    if (result === undefined) {
      result = workOut(text)
      if (text.length > LONGEST_KEPT) return result
      if (known.size >= mostKept) known.clear()
      known.set(text, result)
    }
    return result
  }
}
