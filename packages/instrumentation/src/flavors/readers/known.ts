/** Members on their way to being known. */
export type Draft<T> = { [Name in keyof T]?: T[Name] | undefined }

/** The same members without those that are `undefined`: an attribute is there or it isn't. */
export function known<T extends object>(draft: Draft<T>): T {
  const result: Draft<T> = {}
  for (const name in draft) if (draft[name] !== undefined) result[name] = draft[name]
  return result as T
}

/** As {@link known}; `undefined` where nothing is. */
export function anyKnown<T extends object>(draft: Draft<T>): T | undefined {
  const result = known<T>(draft)
  for (const _ in result) return result
  return undefined
}
