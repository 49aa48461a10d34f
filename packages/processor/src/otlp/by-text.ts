/** More than real traffic has of scopes, operations, providers, models or HTTP headers; texts come from outside, so what is kept is bounded. */
const MOST_KEPT = 256

/** Remembers what follows from a text alone: worked out once a text, not each time that it comes. */
export function byText<T>(workOut: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    let result = known.get(text)
    if (result === undefined) {
      result = workOut(text)
      if (known.size >= MOST_KEPT) known.clear()
      known.set(text, result)
    }
    return result
  }
}
