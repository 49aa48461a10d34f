/** https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ : empty means unset. */
export function readString(name: string): string | undefined {
  const value = process.env[name]?.trim()
  return value === '' ? undefined : value
}

/** Only a case-insensitive `true` is true. */
export function readBoolean(name: string): boolean {
  return readString(name)?.toLowerCase() === 'true'
}

export function readList(name: string): readonly string[] | undefined {
  const items = readString(name)
    ?.split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
  return items === undefined || items.length === 0 ? undefined : [...new Set(items)]
}

export function readPositiveNumber(name: string): number | undefined {
  const value = Number(readString(name) ?? Number.NaN)
  return value > 0 ? value : undefined
}
