import { expect, test } from 'vitest'
import { countAccepted } from './destination-items.ts'
import { createTelemetry } from './telemetry.ts'

test('a destination that says it has rejected more than it was sent has rejected all of it', () => {
  const telemetry = createTelemetry()
  countAccepted(telemetry, { destination: 'tempo', signal: 'traces', items: 2 }, 5)
  const state = (name: string) => telemetry.destinationItems.sum('tempo', 'traces', name)
  expect([state('exported'), state('rejected'), telemetry.sent.traces.value('tempo')]).toEqual([0, 2, 0])
})
