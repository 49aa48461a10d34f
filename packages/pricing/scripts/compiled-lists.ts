import { readdirSync, readFileSync } from 'node:fs'
import type { CompiledModel, CompiledProviderFile } from '../src/compiled-file.ts'
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

/** The file of a provider: its id, with `-` for `.` and `_`. */
export function fileName(provider: string): string {
  return `${provider.replace(/[._]/g, '-')}.json`
}

/**
 * The text of generated/price-lists.jsonl: a provider a line, its names first. ASCII only, so that it can be read
 * without decoding.
 */
export function compiledLists(): string {
  return readProviderFiles()
    .map((file) => `${ascii(JSON.stringify(withShortSources(file)))}\n`)
    .join('')
}

/**
 * Most prices of a provider have the same sources and were read on the same day: each such reading is stated once, and
 * referred to by number.
 */
function withShortSources({ models, ...head }: ProviderFile): CompiledProviderFile {
  const readings: string[] = []
  const compiled = Object.entries(models).map(([id, { aliases, prices }]): [string, CompiledModel] => [
    id,
    {
      ...(aliases === undefined ? {} : { aliases }),
      prices: prices.map(({ sources, checked, ...price }) => {
        const reading = [checked, ...sources].join(' ')
        if (!readings.includes(reading)) readings.push(reading)
        return { ...price, reading: readings.indexOf(reading) }
      }),
    },
  ])
  return { ...head, readings, models: Object.fromEntries(compiled) }
}

function ascii(text: string): string {
  return text.replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
