import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CUSTOMER_RULES, LIST_RULES } from '../src/rules/index.ts'

describe('the pricing rules', () => {
  it('lists a member for each file, under the name of the file', () => {
    const files = readdirSync(new URL('../src/rules', import.meta.url))
      .filter((name) => name.endsWith('.ts') && name !== 'index.ts' && name !== 'types.ts')
      .map((name) => name.replace(/\.ts$/, ''))
    expect([...LIST_RULES, ...CUSTOMER_RULES].map(({ name }) => name).sort()).toEqual(files.sort())
  })
})
