const MASK = '[masked]'
/** Names of settings that are secrets; those of files with secrets end in `_file`. */
const SECRET_NAME = /(key|password|token|secret)$/i

/** A copy without secrets: header values, keys, credentials and parameters of URLs, and the path of a webhook are masked. */
export function maskSecrets(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return SECRET_NAME.test(name) ? MASK : maskUrl(value)
  if (Array.isArray(value)) return value.map((item) => maskSecrets(item))
  if (typeof value !== 'object' || value === null) return value
  const masked = Object.entries(value).map(([key, inner]) => {
    if (name === 'headers') return [key, MASK]
    // Anyone who knows the path of a chat's webhook can post to it.
    if (name === 'webhook' && key === 'url') return [key, `${new URL(inner).origin}/${MASK}`]
    return [key, maskSecrets(inner, key)]
  })
  return Object.fromEntries(masked)
}

function maskUrl(text: string): string {
  if (!/^[a-z]+:\/\//i.test(text)) return text
  return text.replace(/^([a-z]+:\/\/)[^/@]+@/i, `$1${MASK}@`).replace(/([?&][^=&]*=)[^&]+/g, `$1${MASK}`)
}
