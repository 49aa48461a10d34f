/** More than real traffic has of scopes, operations, providers, models or HTTP headers; texts come from outside, so what is kept is bounded. */
const MOST_KEPT = 256
/** A request header may be as long as a token is; a model's or a provider's name never is, whatever is sent as one. */
const LONGEST_KEPT = 4096

/** Remembers what follows from a text alone: worked out once a text, not each time that it comes. */
export function byText<T>(workOut: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    let result = known.get(text)
    if (result === undefined) {
      result = workOut(text)
      if (text.length > LONGEST_KEPT) return result
      if (known.size >= MOST_KEPT) known.clear()
      known.set(text, result)
    }
    return result
  }
}
