import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readProviderFiles } from '../scripts/compiled-lists.ts'
import { readDecisions } from '../scripts/import/decisions.ts'
import { disagreements } from '../scripts/import/disagreements.ts'
import { believable, readSources } from '../scripts/import/read-sources.ts'

const folder = fileURLToPath(new URL('../../../../shared/pricing/sources', import.meta.url))
const absent = !existsSync(folder)
if (absent) console.log(`skipped: no price data of others at ${folder}`)

describe.skipIf(absent)('the sources', () => {
  it('contradict the book nowhere without a written decision', async () => {
    const book = new Map(readProviderFiles().map((file) => [file.provider, file]))
    expect(disagreements(believable(await readSources(folder)), book, readDecisions())).toEqual([])
  })

  it('would be heard without the decisions', async () => {
    const book = new Map(readProviderFiles().map((file) => [file.provider, file]))
    const open = disagreements(believable(await readSources(folder)), book, [])
    expect(
      open.map(({ provider, model, meter, stated }) => `${provider}/${model} ${meter} ${stated}`),
    ).toContain('anthropic/claude-3-opus-20240229 cacheWrite1h 6')
  })
})
