import { readFileSync } from 'node:fs'

const files = new Map<string, string>()

/** A file of `sql/`, which lies beside `src` and `dist` alike. */
export function sqlFile(name: string): string {
  const known = files.get(name)
  if (known !== undefined) return known
  const text = readFileSync(new URL(`../sql/${name}`, import.meta.url), 'utf8')
  files.set(name, text)
  return text
}
