import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { waitForUpdate } from '@pydantic/genai-prices'
import { checkSheet } from '../../src/price-file-check.ts'
import type { Fact } from './facts.ts'
import { type GenaiPricesProvider, readGenaiPrices } from './genai-prices.ts'
import { type LangfuseEntry, readLangfuse } from './langfuse.ts'
import { readLitellm } from './litellm.ts'
import { type ModelsDevEntry, readModelsDev } from './models-dev.ts'
import { type PortkeyEntry, readPortkey } from './portkey.ts'

/** Files of the data sets in a folder, and the day each was taken. */
export const SOURCE_FILES = {
  litellm: { file: 'litellm_prices.json', date: '2026-08-01' },
  portkey: { file: 'portkey_pricing.json', date: '2026-08-21' },
  'models.dev': { file: 'models_dev_prices.json', date: '2026-07-02' },
  langfuse: { file: 'langfuse_prices.json', date: '2026-08-22' },
} as const

const GENAI_PRICES_DATE = '2026-09-23'

/** All that the data sets in `folder`, and the genai-prices package, say. */
export async function readSources(folder: string): Promise<Fact[]> {
  const read = (name: keyof typeof SOURCE_FILES): unknown =>
    JSON.parse(readFileSync(join(folder, SOURCE_FILES[name].file), 'utf8'))
  const genaiPrices = (await waitForUpdate()) as unknown as GenaiPricesProvider[]
  return [
    ...readGenaiPrices(genaiPrices, GENAI_PRICES_DATE),
    ...readPortkey(
      read('portkey') as Record<string, Record<string, PortkeyEntry>>,
      SOURCE_FILES.portkey.date,
    ),
    ...readLitellm(read('litellm') as Parameters<typeof readLitellm>[0], SOURCE_FILES.litellm.date),
    ...readModelsDev(
      read('models.dev') as Record<string, Record<string, ModelsDevEntry>>,
      SOURCE_FILES['models.dev'].date,
    ),
    ...readLangfuse(read('langfuse') as LangfuseEntry[], SOURCE_FILES.langfuse.date),
  ]
}

/** Without the statements that are plainly in another unit; those are said. */
export function believable(all: readonly Fact[]): Fact[] {
  return all.filter((fact) => {
    const [problem] = checkSheet(fact.sheet)
    if (problem !== undefined)
      console.error(
        `left out: ${fact.provider}/${fact.model} of ${fact.source}: ${problem.path.join('.')} ${problem.message}`,
      )
    return problem === undefined
  })
}
