import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Clients,
  createClients,
  type ExpectedSpan,
  type Scenario,
  scenarios,
} from './support/app-scenarios.ts'
import { type CapturedSpans, captureSpans } from './support/captured-spans.ts'
import { type StandIn, startStandIn } from './support/stand-in.ts'

let standIn: StandIn
let clients: Clients
/** What each scenario gives, and what reaches the provider, in an app without us. */
const untouched = new Map<Scenario, { result: unknown; requests: unknown }>()
let captured: CapturedSpans

beforeAll(async () => {
  standIn = await startStandIn()
  clients = createClients(standIn.url)
  for (const scenario of scenarios) untouched.set(scenario, await observe(scenario))
  captured = captureSpans()
  // The Anthropic SDK looks for a tracer provider when a client is made.
  clients = createClients(standIn.url)
})

afterAll(async () => {
  captured.stop()
  await standIn.close()
})

async function observe(scenario: Scenario): Promise<{ result: unknown; requests: unknown }> {
  standIn.forget()
  const result = comparable(await scenario.run(clients))
  return {
    result,
    requests: standIn.seen.map(({ method, path, body }) => ({ method, path, body: withoutBoundary(body) })),
  }
}

/** By value: SDK objects carry their client, and a request's form a random boundary. */
function comparable(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}

function withoutBoundary(body: string): string {
  return body.replaceAll(/-{4,}[\w-]*\w{10,}/g, 'boundary')
}

function summary({ attributes }: ReadableSpan): ExpectedSpan {
  const all = {
    operation: attributes['gen_ai.operation.name'],
    provider: attributes['gen_ai.provider.name'],
    model: attributes['gen_ai.request.model'],
    responseModel: attributes['gen_ai.response.model'],
    input: attributes['gen_ai.usage.input_tokens'],
    output: attributes['gen_ai.usage.output_tokens'],
    cacheRead: attributes['gen_ai.usage.cache_read.input_tokens'],
    reasoning: attributes['gen_ai.usage.reasoning.output_tokens'],
    finish: attributes['gen_ai.response.finish_reasons'],
    error: attributes['error.type'],
    missing: attributes['spanmeter.usage.missing'],
    attempts: attributes['spanmeter.request.attempts'],
  }
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined),
  ) as unknown as ExpectedSpan
}

describe('what apps do with the SDKs', () => {
  test.each(scenarios)('$name: works as without us, and gives its span', async (scenario) => {
    const withUs = await observe(scenario)
    expect(withUs).toEqual(untouched.get(scenario))
    await new Promise((resolve) => setTimeout(resolve, scenario.spans.length === 0 ? 20 : 0))
    if (scenario.spans.some(({ error }) => error !== undefined)) await untilOpenCallsMayEnd(scenario)
    const spans = await captured.take(scenario.spans.length)
    expect(spans.map(summary)).toEqual(scenario.spans)
  })
})

/** A call whose last attempt failed waits for another, which is not to come: the end of the process settles it. */
async function untilOpenCallsMayEnd(_: Scenario): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 50))
  captured.metering.endOpenCalls()
}
