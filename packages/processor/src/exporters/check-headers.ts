import { validateHeaderName, validateHeaderValue } from 'node:http'

/** Headers of the configuration, as pairs. @throws if one can't be sent. */
export function checkHeaders(headers: Readonly<Record<string, string>>): [name: string, value: string][] {
  const fields = Object.entries(headers)
  for (const [name, value] of fields) {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  }
  return fields
}
