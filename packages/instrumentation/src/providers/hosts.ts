/** Whether a host is that domain or lies beneath it. No allocation. */
export function isWithin(host: string, domain: string): boolean {
  if (!host.endsWith(domain)) return false
  const before = host.length - domain.length - 1
  return before === -1 || host.charCodeAt(before) === 0x2e
}

/** A regular expression's source for a text in which `*` is any text. */
export function pattern(text: string): string {
  return text.replace(/\W/g, '\\$&').replaceAll('\\*', '.*')
}

/** Tells whether a text is that one, in which `*` is any text. */
export function globMatcher(glob: string): (text: string) => boolean {
  const expression = new RegExp(`^${pattern(glob)}$`)
  return (text) => expression.test(text)
}
