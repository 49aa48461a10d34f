import { readdirSync, readFileSync } from 'node:fs'
import type { ProviderFile } from '../src/price-file.ts'
import { checkProviderFile } from '../src/price-file-check.ts'

const DATA = new URL('../data/', import.meta.url)

/** All provider files, by provider. Throws with every mistake in them. */
export function readProviderFiles(): ProviderFile[] {
  const mistakes: string[] = []
  const files = readdirSync(DATA)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const file = JSON.parse(readFileSync(new URL(name, DATA), 'utf8')) as ProviderFile
      if (name !== fileName(file.provider)) mistakes.push(`${name}: must be named ${fileName(file.provider)}`)
      for (const { path, message } of checkProviderFile(file))
        mistakes.push(`${name}: ${path.join(' > ')}: ${message}`)
      return file
    })
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'))
  return files
}

/** The file of a provider: its id with `-` for what file names hardly bear. */
export function fileName(provider: string): string {
  return `${provider.replace(/[._]/g, '-')}.json`
}

/** The text of src/generated/price-files.ts. */
export function compiledModule(): string {
  const entries = readProviderFiles().map(({ models, ...head }) => {
    const text = JSON.stringify({ ...head, models })
    return `  [${JSON.stringify(head.provider)}, '${text.replace(/[\\']/g, '\\$&')}'],`
  })
  return `// Compiled from data/*.json by scripts/compile.ts; change those files instead.\nexport const PRICE_FILES: ReadonlyMap<string, string> = new Map([\n${entries.join('\n')}\n])\n`
}
