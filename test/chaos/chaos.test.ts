import { expect, test } from 'vitest'
import { runChaos } from './chaos.ts'

// Longer: npm run test:chaos -- --minutes 10
test.each([
  { workers: 1, kills: 6 },
  { workers: 2, kills: 4 },
])(
  'killed at random moments under load, in front of a flapping backend, it loses and counts twice nothing, with $workers workers',
  async ({ workers, kills }) => {
    const result = await runChaos({ kills, minutes: 0, senders: 4, workers })

    expect(result).toMatchObject({
      missingAtBackend: 0,
      callsInLedger: result.callsAtBackend,
      costInLedger: result.expectedCost,
      exitCode: 0,
    })
    expect(result.acknowledgedSpans).toBeGreaterThan(0)
    expect(result.callsAtBackend).toBeGreaterThanOrEqual(result.acknowledgedCalls)
  },
  180_000,
)
