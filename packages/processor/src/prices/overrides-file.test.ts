import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { priceUsage } from '@spanmeter/pricing'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts'
import { readPriceBook } from './overrides-file.ts'

function file(text: string): string {
  const path = join(temporaryDirectory(), 'prices.yaml')
  writeFileSync(path, text)
  return path
}

describe('readPriceBook', () => {
  it('lays the file over the book', () => {
    const path = file('aliases:\n  azure.ai.openai/prod: gpt-4.1\n')
    const call = {
      provider: 'azure.ai.openai',
      model: 'prod',
      at: new Date('2026-09-01'),
      usage: { inputTokens: 1_000, outputTokens: 0 },
    }
    expect(priceUsage(call, readPriceBook(path))).toMatchObject({ priced: true, amount: '0.002' })
  })

  it('names file and line of every mistake', () => {
    const path = file(
      'discounts:\n  - percent: 10\n  - percent: ten\nprices:\n  - provider: openai\n    perMillionTokens: { input: 1 }\n',
    )
    expect(() => readPriceBook(path)).toThrow(
      `${path}:3: discounts.1.percent: expected a number, at most 100; negative for a margin\n${path}:5: prices.0: model is missing`,
    )
  })

  it('names the line where the file is no YAML', () => {
    const path = file('aliases:\n  a: b\n c: d\n')
    expect(() => readPriceBook(path)).toThrow(`${path}:3: `)
  })

  it('takes an empty file for no overrides', () => {
    expect(readPriceBook(file('')).overrides).toMatchObject({ prices: [] })
  })
})
