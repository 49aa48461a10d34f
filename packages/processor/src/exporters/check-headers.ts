import { validateHeaderName, validateHeaderValue } from 'node:http'

/** The configured headers, as pairs. @throws if one of them is not valid in HTTP. */
export function checkHeaders(headers: Readonly<Record<string, string>>): [name: string, value: string][] {
  const fields = Object.entries(headers)
  for (const [name, value] of fields) {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  }
  return fields
}
