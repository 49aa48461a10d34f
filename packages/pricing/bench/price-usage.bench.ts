/**
 * Time of one warm call beside the two other pricing packages on npm, interleaved in one process, and the time to load ours.
 *
 *   npm run bench -w packages/pricing
 */
import { execFileSync } from 'node:child_process'
import { calcPrice } from '@pydantic/genai-prices'
import { loadPriceBook, type PriceableCall, priceUsage } from '@spanmeter/pricing'
import * as llmPricing from 'llm-pricing'

const at = new Date('2026-09-01T12:00:00Z')
const book = loadPriceBook()

interface Case {
  name: string
  call: PriceableCall
  genaiPrices: () => unknown
}

const cases: Case[] = [
  {
    name: 'plain (gpt-4o-mini)',
    call: { provider: 'openai', model: 'gpt-4o-mini', at, usage: { inputTokens: 1_200, outputTokens: 350 } },
    genaiPrices: () =>
      calcPrice({ input_tokens: 1_200, output_tokens: 350 }, 'gpt-4o-mini', {
        providerId: 'openai',
        timestamp: at,
      }),
  },
  {
    name: 'cached (claude-sonnet-4-5)',
    call: {
      provider: 'anthropic',
      model: 'claude-sonnet-4-5-20250929',
      at,
      usage: { inputTokens: 12_000, cacheReadTokens: 9_000, cacheWriteTokens: 1_500, outputTokens: 800 },
    },
    genaiPrices: () =>
      calcPrice(
        { input_tokens: 12_000, cache_read_tokens: 9_000, cache_write_tokens: 1_500, output_tokens: 800 },
        'claude-sonnet-4-5-20250929',
        {
          providerId: 'anthropic',
          timestamp: at,
        },
      ),
  },
  {
    name: 'tiered (gemini-2.5-pro)',
    call: {
      provider: 'gcp.gemini',
      model: 'gemini-2.5-pro',
      at,
      usage: { inputTokens: 250_000, outputTokens: 900 },
    },
    genaiPrices: () =>
      calcPrice({ input_tokens: 250_000, output_tokens: 900 }, 'gemini-2.5-pro', {
        providerId: 'google',
        timestamp: at,
      }),
  },
  {
    name: 'unknown model',
    call: { provider: 'openai', model: 'no-such-model', at, usage: { inputTokens: 1, outputTokens: 1 } },
    genaiPrices: () =>
      calcPrice({ input_tokens: 1, output_tokens: 1 }, 'no-such-model', {
        providerId: 'openai',
        timestamp: at,
      }),
  },
]

const ROUNDS = 9
const CALLS = 100_000

function nanoseconds(run: () => unknown): number {
  const start = process.hrtime.bigint()
  for (let index = 0; index < CALLS; index += 1) run()
  return Number(process.hrtime.bigint() - start) / CALLS
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

for (const { name, call, genaiPrices } of cases) {
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(nanoseconds(() => priceUsage(call, book)))
    theirs.push(nanoseconds(genaiPrices))
  }
  console.log(
    `${name.padEnd(28)} @spanmeter/pricing ${median(ours).toFixed(0).padStart(6)} ns   @pydantic/genai-prices ${median(theirs).toFixed(0).padStart(6)} ns`,
  )
}
console.log(Object.keys(llmPricing).join(' '))

const load = `const start = performance.now(); const { loadPriceBook } = await import('@spanmeter/pricing'); loadPriceBook(); console.log(performance.now() - start)`
const times = Array.from({ length: 15 }, () =>
  Number(execFileSync(process.execPath, ['--input-type=module', '-e', load], { cwd: import.meta.dirname })),
)
console.log(`load, import and first book     ${median(times).toFixed(1)} ms (built package)`)
