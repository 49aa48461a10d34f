/**
 * Compiles price lists of others into data/*.json: adds models that the book lacks, never changes an entry that it has, and
 * stops where a data set contradicts the book and no decision in decisions.json says why.
 *
 *   npm run prices:import -w packages/pricing -- FOLDER [--taken litellm=2026-11-20 ...]
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { ProviderFile } from '../../src/price-file.ts'
import { fileName, readProviderFiles } from '../compiled-lists.ts'
import { isExcluded, orderFor, readDecisions } from './decisions.ts'
import { disagreements } from './disagreements.ts'
import type { Fact } from './facts.ts'
import { formatJson } from './format-json.ts'
import { DEFAULT_ORDER, mergeModel } from './merge.ts'
import { believable, readSources } from './read-sources.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { taken: { type: 'string', multiple: true, default: [] } },
})
const [folder] = positionals
if (folder === undefined)
  throw new Error('usage: npm run prices:import -w packages/pricing -- FOLDER [--taken SOURCE=DATE ...]')

const decisions = readDecisions()
const facts = believable(
  await readSources(folder, Object.fromEntries(values.taken.map((one) => one.split('=')))),
)
const book = new Map(readProviderFiles().map((file) => [file.provider, file]))

const added = addModels(facts, book)
const open = disagreements(facts, book, decisions)
for (const { provider, model, meter, source, stated, book: own } of open) {
  console.error(`${provider}/${model} ${meter}: ${source} says ${stated}, the book ${own}`)
}
if (open.length > 0) {
  console.error(
    `${open.length} disagreements. Correct the book, append a dated price, or write the reason into decisions.json. Nothing was written.`,
  )
  process.exitCode = 1
} else {
  for (const file of book.values()) {
    writeFileSync(new URL(`../../data/${fileName(file.provider)}`, import.meta.url), `${formatJson(file)}\n`)
  }
  console.log(`${added} models added; now npm run prices:compile -w packages/pricing`)
}

function addModels(all: readonly Fact[], files: ReadonlyMap<string, ProviderFile>): number {
  let count = 0
  for (const [key, group] of Map.groupBy(
    all,
    ({ provider, model }) => `${provider}\n${model.toLowerCase()}`,
  )) {
    const [provider] = key.split('\n') as [string, string]
    const { model } = group[0]!
    const file = files.get(provider)
    if (file === undefined)
      throw new Error(`no data/${fileName(provider)} for ${provider}: write its head first`)
    if (isNamed(file, model) || isExcluded(decisions, provider, model)) continue
    const merged = mergeModel(group, orderFor(decisions, provider, model) ?? DEFAULT_ORDER)
    if (merged === undefined) continue
    const names = new Set(
      all.filter((fact) => fact.provider === provider).map((fact) => fact.model.toLowerCase()),
    )
    const aliases = merged.aliases?.filter((alias) => {
      const isFree = !names.has(alias.toLowerCase()) && !isNamed(file, alias)
      names.add(alias.toLowerCase())
      return isFree
    })
    file.models[model] =
      aliases !== undefined && aliases.length > 0
        ? { aliases, prices: merged.prices }
        : { prices: merged.prices }
    console.log(`added: ${provider}/${model}`)
    count += 1
  }
  return count
}

function isNamed(file: ProviderFile, name: string): boolean {
  const lower = name.toLowerCase()
  return Object.entries(file.models).some(
    ([id, { aliases }]) =>
      id.toLowerCase() === lower || aliases?.some((alias) => alias.toLowerCase() === lower),
  )
}
