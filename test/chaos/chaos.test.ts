import { expect, test } from 'vitest'
import { runChaos } from './chaos.ts'

// Longer: npm run test:chaos -- --minutes 10
test('killed at random moments under load, in front of a flapping backend, it loses and counts twice nothing', async () => {
  const result = await runChaos({ kills: 8, minutes: 0, senders: 4 })

  expect(result).toMatchObject({
    missingAtBackend: 0,
    callsInLedger: result.callsAtBackend,
    costInLedger: result.expectedCost,
    exitCode: 0,
  })
  expect(result.acknowledgedSpans).toBeGreaterThan(100)
  expect(result.callsAtBackend).toBeGreaterThanOrEqual(result.acknowledgedCalls)
}, 180_000)
