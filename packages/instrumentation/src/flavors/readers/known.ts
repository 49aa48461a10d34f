import type { Draft, GenAiResponse, GenAiUsage, ResponseDraft } from '../types.ts'

/** The same without the members that are `undefined`, so that it can be spread over another. */
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

/** As {@link known}, for the usage too. */
export function knownResponse(draft: ResponseDraft): GenAiResponse {
  return known<GenAiResponse>({ ...draft, usage: draft.usage && anyKnown<GenAiUsage>(draft.usage) })
}
