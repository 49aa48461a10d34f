import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSpanmeter, type Target } from '../conformance/support/targets.ts'
import { keptInputs } from './corpus.ts'
import { type Entrance, PARSERS } from './entrances.ts'
import { Mutator } from './mutator.ts'
import { networkEntrances } from './network.ts'

// Longer, and with an eye on memory: npm run test:fuzz -- --minutes 60
const SEED = Number(process.env.SPANMETER_FUZZ_SEED ?? Date.now() % 2 ** 31)

let target: Target
let network: Entrance[] = networkEntrances({ http: 'http://localhost', grpc: 'http://localhost' })
beforeAll(async () => {
  target = await startSpanmeter({ maxRequestBodySize: 2 ** 20 })
  network = networkEntrances(target)
})
afterAll(() => target.close())

function entrance(name: string): Entrance {
  return [...PARSERS, ...network].find((candidate) => candidate.name === name) as Entrance
}

const parserNames = PARSERS.map(({ name }) => name)
const networkNames = network.map(({ name }) => name)

async function feedMutated({ name, seeds, feed }: Entrance, runs: number): Promise<void> {
  const mutator = new Mutator(SEED)
  for (let run = 0; run < runs; run += 1) {
    const bytes = mutator.mutate(seeds)
    try {
      await feed(bytes)
    } catch (error) {
      const input = bytes.toString('base64').slice(0, 2_000)
      throw new Error(`${name}, SPANMETER_FUZZ_SEED=${SEED}, input ${run}: ${input}`, { cause: error })
    }
  }
}

describe('broken input is refused as it should be, or taken without losing a span', () => {
  test.each(parserNames)('by the parser: %s', (name) => feedMutated(entrance(name), 200))
  test.each(networkNames)('over the network: %s', (name) => feedMutated(entrance(name), 60))
})

describe('the corpus', () => {
  test.each([...parserNames, ...networkNames])('of %s is taken as it should be', async (name) => {
    for (const { bytes } of keptInputs(name)) await entrance(name).feed(bytes)
  })

  test('has no folder without an entrance', () => {
    const folders = readdirSync(join(import.meta.dirname, 'corpus'))
    expect(folders.filter((folder) => ![...parserNames, ...networkNames].includes(folder))).toEqual([])
  })
})
