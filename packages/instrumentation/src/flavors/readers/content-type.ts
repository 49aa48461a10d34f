import type { ObservedRequest, ObservedResponse } from '../../wire/types.ts'

export function isForm({ header }: ObservedRequest): boolean {
  const type = header('content-type')
  return type !== undefined && /^(multipart\/|application\/x-www-form-urlencoded)/i.test(type)
}

/** For responses that may also be the audio or the image itself. */
export function isJson({ header }: ObservedResponse): boolean {
  return header('content-type')?.includes('json') === true
}
