import { asBuffer } from '../../wire/bytes.ts'
import { asBoolean, type JsonObject } from '../../wire/json.ts'
import type { ObservedRequest } from '../../wire/types.ts'

/** Longer values are files or texts. */
const MAX_VALUE = 256

/** Small text fields of a `multipart/form-data` body, if they are in the part of it that is held. */
export function readFormFields({ body }: ObservedRequest, names: readonly string[]): JsonObject {
  const fields: JsonObject = {}
  if (body === undefined) return fields
  const parts = [asBuffer(body.head), ...(body.complete ? [] : [asBuffer(body.tail)])]
  for (const name of names) {
    for (const bytes of parts) {
      const found = bytes.indexOf(`name="${name}"\r\n`)
      const start = found === -1 ? -1 : bytes.indexOf('\r\n\r\n', found)
      const end = start === -1 ? -1 : bytes.indexOf('\r\n', start + 4)
      if (end !== -1 && end - start <= MAX_VALUE) fields[name] ??= bytes.toString('utf8', start + 4, end)
    }
  }
  return fields
}

/** A flag; in a form, all values are strings. */
export function asFieldFlag(value: unknown): boolean | undefined {
  return value === 'true' ? true : asBoolean(value)
}
