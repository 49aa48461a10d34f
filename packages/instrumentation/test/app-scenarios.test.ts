import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Clients,
  createClients,
  moduleSystems,
  type Scenario,
  scenarios,
} from './support/app-scenarios.ts'
import { type CapturedSpans, captureSpans } from './support/captured-spans.ts'
import { summary } from './support/span-summary.ts'
import { type StandIn, startStandIn } from './support/stand-in.ts'

describe.each(Object.entries(moduleSystems))('what apps do with the SDKs, as %s', (_, load) => {
  let standIn: StandIn
  let clients: Clients
  /** What each scenario gives, and what reaches the provider, in an app without us. */
  const untouched = new Map<Scenario, Observed>()
  let captured: CapturedSpans

  async function observe(scenario: Scenario): Promise<Observed> {
    standIn.forget()
    const result = comparable(await scenario.run(clients))
    return {
      result,
      requests: standIn.seen.map(({ method, path, body }) => ({ method, path, body: withoutBoundary(body) })),
    }
  }

  beforeAll(async () => {
    standIn = await startStandIn()
    clients = await createClients(standIn.url, load)
    for (const scenario of scenarios) untouched.set(scenario, await observe(scenario))
    captured = captureSpans()
    // The Anthropic SDK looks for a tracer provider when a client is made.
    clients = await createClients(standIn.url, load)
  })

  afterAll(async () => {
    captured.stop()
    await standIn.close()
  })

  test.each(scenarios)('$name: works as without us, and gives its span', async (scenario) => {
    const withUs = await observe(scenario)
    expect(withUs).toEqual(untouched.get(scenario))
    await new Promise((resolve) => setTimeout(resolve, scenario.spans.length === 0 ? 20 : 0))
    // A call whose last attempt failed waits for another, which is not to come: the end of the process settles it.
    if (scenario.spans.some(({ error }) => error !== undefined)) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      captured.metering.endOpenCalls()
    }
    const spans = await captured.take(scenario.spans.length)
    expect(spans.map(summary)).toEqual(scenario.spans)
  })
})

interface Observed {
  result: unknown
  requests: unknown
}

/** By value: SDK objects carry their client, and a request's form a random boundary. */
function comparable(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}

function withoutBoundary(body: string): string {
  return body.replaceAll(/-{4,}[\w-]*\w{10,}/g, 'boundary')
}
