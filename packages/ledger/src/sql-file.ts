import { readFileSync } from 'node:fs'

const files = new Map<string, string>()

/** The text of a file in `sql/`, which is beside both `src` and `dist`. */
export function sqlFile(name: string): string {
  const known = files.get(name)
  if (known !== undefined) return known
  const text = readFileSync(new URL(`../sql/${name}`, import.meta.url), 'utf8')
  files.set(name, text)
  return text
}
