/**
 * CPU time of one warm call, beside the two other pricing packages on npm, interleaved in one process; and of loading the
 * built package with its first book.
 *
 *   npm run build && npm run bench -w packages/pricing
 */
import { execFileSync } from 'node:child_process'
import { calcPrice } from '@pydantic/genai-prices'
import { loadPriceBook, priceUsage } from '@spanmeter/pricing'
import { estimateCostUsd } from 'llm-pricing'
import { median } from '../../../bench/median.ts'

const ROUNDS = 15
const CALLS = 20_000

const at = new Date('2026-09-01T12:00:00Z')
const book = loadPriceBook()

/** Input, cache reads, cache writes and output. */
type Tokens = [input: number, read: number, write: number, output: number]

const cases: [name: string, provider: string, genaiProvider: string, model: string, tokens: Tokens][] = [
  ['plain', 'openai', 'openai', 'gpt-4o-mini', [1_200, 0, 0, 350]],
  ['cached', 'anthropic', 'anthropic', 'claude-sonnet-4-5-20250929', [12_000, 9_000, 1_500, 800]],
  ['long context', 'gcp.gemini', 'google', 'gemini-2.5-pro', [250_000, 0, 0, 900]],
  ['unknown model', 'openai', 'openai', 'no-such-model', [1, 0, 0, 1]],
]

for (const [name, provider, genaiProvider, model, [input, read, write, output]] of cases) {
  const ours = { inputTokens: input, cacheReadTokens: read, cacheWriteTokens: write, outputTokens: output }
  const theirs = {
    input_tokens: input,
    cache_read_tokens: read,
    cache_write_tokens: write,
    output_tokens: output,
  }
  const row = {
    inputTokens: input,
    cachedInputTokens: 0,
    cacheReadInputTokens: read,
    cacheCreationInputTokens: write,
    outputTokens: output,
  }
  const rivals: Record<string, () => unknown> = {
    '@spanmeter/pricing': () => priceUsage({ provider, model, at, usage: ours }, book),
    '@pydantic/genai-prices': () => calcPrice(theirs, model, { providerId: genaiProvider, timestamp: at }),
    'llm-pricing': () => estimateCostUsd({ ...row, model, at }),
  }
  const times = interleaved(rivals)
  console.log(
    name.padEnd(16) +
      Object.entries(times)
        .map(([rival, time]) => `${rival} ${time.toFixed(0)} ns`)
        .join('   '),
  )
}

const script = `
  const before = process.cpuUsage()
  const { loadPriceBook } = await import('@spanmeter/pricing')
  loadPriceBook()
  const { user, system } = process.cpuUsage(before)
  console.log((user + system) / 1000)`
const loads = Array.from({ length: 11 }, () =>
  Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: import.meta.dirname })),
)
console.log(`load            ${median(loads).toFixed(1)} ms`)

function interleaved(rivals: Record<string, () => unknown>): Record<string, number> {
  const times: Record<string, number[]> = {}
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [rival, run] of Object.entries(rivals)) {
      globalThis.gc?.()
      const before = process.cpuUsage()
      for (let call = 0; call < CALLS; call += 1) run()
      const { user, system } = process.cpuUsage(before)
      times[rival] = [...(times[rival] ?? []), ((user + system) * 1000) / CALLS]
    }
  }
  return Object.fromEntries(Object.entries(times).map(([rival, values]) => [rival, median(values)]))
}
