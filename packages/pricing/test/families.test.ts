import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MODEL_ID_RULES } from '../src/model-ids/index.ts'
import { CUSTOMER_RULES, LIST_RULES } from '../src/rules/index.ts'

describe.each([
  ['rules', [...LIST_RULES, ...CUSTOMER_RULES]],
  ['model-ids', [...MODEL_ID_RULES]],
])('the family %s', (folder, members) => {
  it('lists a member for each file, under the name of the file', () => {
    const files = readdirSync(new URL(`../src/${folder}`, import.meta.url))
      .filter((name) => name.endsWith('.ts') && name !== 'index.ts' && name !== 'types.ts')
      .map((name) => name.replace(/\.ts$/, ''))
    expect(members.map(({ name }) => name).sort()).toEqual(files.sort())
  })
})
