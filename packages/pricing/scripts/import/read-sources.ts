import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { waitForUpdate } from '@pydantic/genai-prices'
import type { Sheet } from '../../src/price-file.ts'
import { checkSheet } from '../../src/price-file-check.ts'
import type { Fact, SourceName } from './facts.ts'
import { readGenaiPrices } from './genai-prices.ts'
import { readLangfuse } from './langfuse.ts'
import { readLitellm } from './litellm.ts'
import { readModelsDev } from './models-dev.ts'
import { readPortkey } from './portkey.ts'

/**
 * The files of the data sets in a folder, and for those from which the book was first compiled, the day they were
 * taken.
 */
const SOURCE_FILES = {
  litellm: { file: 'litellm_prices.json', taken: '2026-08-01' },
  portkey: { file: 'portkey_pricing.json', taken: '2026-08-21' },
  'models.dev': { file: 'models_dev_prices.json', taken: '2026-07-02' },
  langfuse: { file: 'langfuse_prices.json', taken: '2026-08-22' },
  'genai-prices': { file: 'genai_prices.json', taken: '2026-09-23' },
} as const

/**
 * All that the data sets in `folder` say. Without a file of genai-prices, its npm package is used.
 *
 * @param taken the days on which newer files were taken
 */
export async function readSources(
  folder: string,
  taken: Partial<Record<SourceName, string>> = {},
): Promise<Fact[]> {
  const read = async <Data>(
    name: SourceName,
    facts: (data: Data, date: string) => Fact[],
    missing: () => Promise<unknown> = async () => undefined,
  ): Promise<Fact[]> => {
    const path = join(folder, SOURCE_FILES[name].file)
    const data = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : await missing()
    return data === undefined ? [] : facts(data as Data, taken[name] ?? SOURCE_FILES[name].taken)
  }
  return [
    ...(await read('genai-prices', readGenaiPrices, waitForUpdate)),
    ...(await read('portkey', readPortkey)),
    ...(await read('litellm', readLitellm)),
    ...(await read('models.dev', readModelsDev)),
    ...(await read('langfuse', readLangfuse)),
  ]
}

/**
 * Leaves out impossible statements: those in another unit are reported, zeros that stand for "unknown" are dropped
 * silently.
 */
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

/**
 * Cached input that costs more than plain input is a mistake; a cache write at less than half of it is the price of
 * storage by the hour.
 */
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
