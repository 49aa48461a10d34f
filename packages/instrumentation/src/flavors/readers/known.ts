/** An object whose optional members may be `undefined`. */
export type Draft<T> = {
  [Name in keyof T]: Record<never, never> extends Pick<T, Name> ? T[Name] | undefined : T[Name]
}

/** The same without the members that are `undefined`. */
export function known<T extends object>(draft: Draft<T>): T {
  const result: Partial<Draft<T>> = {}
  for (const name in draft) if (draft[name] !== undefined) result[name] = draft[name]
  return result as T
}

/** As {@link known}; `undefined` if no member is left. */
export function anyKnown<T extends object>(draft: Draft<T>): T | undefined {
  const result = known<T>(draft)
  for (const _ in result) return result
  return undefined
}
