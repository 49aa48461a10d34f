/**
 * Compiles data/*.json into generated/price-lists.jsonl: a line for each provider, parsed when first asked for.
 * Run after any change of the data: npm run prices:compile -w packages/pricing
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { compiledLists } from './compiled-lists.ts'

const TARGET = new URL('../generated/price-lists.jsonl', import.meta.url)

mkdirSync(new URL('./', TARGET), { recursive: true })
writeFileSync(TARGET, compiledLists())
