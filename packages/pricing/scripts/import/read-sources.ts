import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { waitForUpdate } from '@pydantic/genai-prices'
import type { Sheet } from '../../src/price-file.ts'
import { checkSheet } from '../../src/price-file-check.ts'
import type { Fact } from './facts.ts'
import { type GenaiPricesProvider, readGenaiPrices } from './genai-prices.ts'
import { type LangfuseEntry, readLangfuse } from './langfuse.ts'
import { readLitellm } from './litellm.ts'
import { type ModelsDevEntry, readModelsDev } from './models-dev.ts'
import { type PortkeyEntry, readPortkey } from './portkey.ts'

/** Files of the data sets in a folder, and the day each was taken. */
const SOURCE_FILES = {
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

/** Without the statements that can't be: those in another unit are said, zeros that stand for "unknown" are dropped. */
export function believable(all: readonly Fact[]): Fact[] {
  return all.filter((fact) => {
    dropImpossibleRates(fact.sheet)
    if (isZeroForUnknown(fact)) return false
    const [problem] = checkSheet(fact.sheet)
    if (problem === undefined) return true
    console.error(
      `left out: ${fact.provider}/${fact.model} of ${fact.source}: ${problem.path.join('.')} ${problem.message}`,
    )
    return false
  })
}

/** Cached input dearer than plain input is a slip; a cache write at less than half of it is a price of storage by the hour. */
function dropImpossibleRates(sheet: Sheet): void {
  const sheets = [sheet, ...Object.values(sheet.tiers ?? {}), ...(sheet.context ?? [])]
  for (const { perMillionTokens: rates } of sheets) {
    if (!rates?.input) continue
    if ((rates.cacheRead ?? 0) > rates.input) delete rates.cacheRead
    if ((rates.cacheWrite ?? rates.input) < rates.input / 2) delete rates.cacheWrite
  }
}

function isZeroForUnknown({ model, sheet }: Fact): boolean {
  const { perMillionTokens, ...rest } = sheet
  if (perMillionTokens === undefined || /[:-]free$/i.test(model)) return false
  return Object.keys(rest).length === 0 && Object.values(perMillionTokens).every((rate) => rate === 0)
}
