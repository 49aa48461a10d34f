import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { investigation } from '../../docs/scripts/investigate-a-spike.ts'

it('docs/investigate-a-spike.md is what its commands say; npm run docs:investigation', async () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/investigate-a-spike.md'), 'utf8')
  expect(page).toBe(await investigation())
})
