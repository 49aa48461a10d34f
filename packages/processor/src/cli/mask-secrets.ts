const MASK = '[masked]'

/** A copy for people to read: header values and the credentials inside URLs are masked. */
export function maskSecrets(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return maskUrl(value)
  if (Array.isArray(value)) return value.map((item) => maskSecrets(item))
  if (typeof value !== 'object' || value === null) return value
  const masked = Object.entries(value).map(([name, inner]) => [
    name,
    key === 'headers' ? MASK : maskSecrets(inner, name),
  ])
  return Object.fromEntries(masked)
}

function maskUrl(text: string): string {
  return text
    .replace(/^([a-z]+:\/\/)[^/@]+@/i, `$1${MASK}@`)
    .replace(/([?&][^=]*(?:key|token|secret)[^=]*=)[^&]+/gi, `$1${MASK}`)
}
