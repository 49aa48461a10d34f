import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CapturedSpans, captureSpans } from './support/captured-spans.ts'
import { listen } from './support/listen.ts'

const USAGE = { input_tokens: 100, input_tokens_details: { cached_tokens: 40 }, output_tokens: 9 }
const COMPLETED = {
  id: 'resp_1',
  model: 'gpt-5-pro',
  status: 'completed',
  output: [{ type: 'web_search_call' }],
  usage: USAGE,
}

/** What the next request is answered with. */
let answer: object = {}
let server: Server
let url: string
let captured: CapturedSpans

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
    })
  })
  url = `${await listen(server)}/v1/responses`
  captured = captureSpans()
})
afterAll(() => {
  captured.stop()
  server.close()
  server.closeAllConnections()
})

async function attributesOf(
  address: string,
  body: object | undefined,
  answered: object,
): Promise<Record<string, unknown>> {
  answer = answered
  const asked = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  await (await fetch(address, asked)).text()
  const [span] = await captured.take(1)
  expect(span).toBeDefined()
  return { ...span?.attributes }
}

test('what is made in the background is billed once, where it is fetched first', async () => {
  const created = await attributesOf(
    url,
    { model: 'gpt-5-pro', input: 'x', background: true },
    { ...COMPLETED, status: 'queued', output: [], usage: null },
  )
  expect(created['gen_ai.usage.input_tokens']).toBeUndefined()
  expect(created['spanmeter.usage.missing']).toBeUndefined()

  const waiting = { ...COMPLETED, status: 'in_progress', output: [], usage: null }
  const polled = await attributesOf(`${url}/resp_1`, undefined, waiting)
  expect(polled['spanmeter.usage.further_models']).toBeUndefined()

  const fetched = await attributesOf(`${url}/resp_1`, undefined, COMPLETED)
  expect(fetched).toMatchObject({
    'gen_ai.operation.name': 'fetch_response',
    'gen_ai.response.model': 'gpt-5-pro',
    'spanmeter.usage.tool.web_search.requests': 1,
  })
  expect(fetched['gen_ai.usage.input_tokens']).toBeUndefined()
  expect(JSON.parse(String(fetched['spanmeter.usage.further_models']))).toEqual([
    {
      model: 'gpt-5-pro',
      included: true,
      input_tokens: 100,
      'cache_read.input_tokens': 40,
      output_tokens: 9,
    },
  ])

  const again = await attributesOf(`${url}/resp_1`, undefined, COMPLETED)
  expect(again['spanmeter.usage.further_models']).toBeUndefined()
  expect(again['spanmeter.usage.tool.web_search.requests']).toBeUndefined()
})

test('what had told its usage when it was made is not billed again', async () => {
  const id = 'resp_2'
  const created = await attributesOf(url, { model: 'gpt-5-pro', input: 'x' }, { ...COMPLETED, id })
  expect(created['gen_ai.usage.input_tokens']).toBe(100)
  const fetched = await attributesOf(`${url}/${id}`, undefined, { ...COMPLETED, id })
  expect(fetched['spanmeter.usage.further_models']).toBeUndefined()
})

test('what is billed by the second, too, once it is known', async () => {
  const transcripts = url.replace('/v1/responses', '/v2/transcript')
  const queued = { id: 't1', status: 'queued', speech_model: 'best', audio_duration: null }
  const done = { ...queued, status: 'completed', audio_duration: 281 }
  await attributesOf(transcripts, { audio_url: 'https://a' }, queued)
  const further: unknown[] = []
  for (const answered of [queued, done, done]) {
    const fetched = await attributesOf(`${transcripts}/t1`, undefined, answered)
    further.push(fetched['spanmeter.usage.further_models'])
  }
  expect(further).toEqual([
    undefined,
    JSON.stringify([{ model: 'best', included: true, seconds: 281 }]),
    undefined,
  ])
})

test('what is known of it by its cost alone is charged once, too', async () => {
  const queued = { ...COMPLETED, id: 'resp_cost', status: 'queued', output: [], usage: null }
  await attributesOf(url, { model: 'm', input: 'x', background: true }, queued)
  const done = { ...COMPLETED, id: 'resp_cost', output: [], usage: { cost: 0.5 } }
  const costs = [
    await attributesOf(`${url}/resp_cost`, undefined, { ...queued, output: COMPLETED.output }),
    await attributesOf(`${url}/resp_cost`, undefined, done),
    await attributesOf(`${url}/resp_cost`, undefined, done),
  ].map((attributes) => attributes['gen_ai.usage.cost.amount'])
  expect(costs).toEqual([undefined, 0.5, undefined])
})

test('what is fetched and names no model is that of the one which was asked for it', async () => {
  const { model, ...nameless } = { ...COMPLETED, id: 'resp_nameless' }
  const queued = { ...nameless, status: 'queued', output: [], usage: null }
  await attributesOf(url, { model: 'gpt-5-pro', input: 'x', background: true }, queued)
  const fetched = await attributesOf(`${url}/resp_nameless`, undefined, nameless)
  expect(JSON.parse(String(fetched['spanmeter.usage.further_models']))[0]).toMatchObject({ model })
})

test('what may wait for hours is fetched in the tier of its window, whatever its answer names', async () => {
  const response = { ...COMPLETED, id: 'resp_window', service_tier: 'default' }
  const queued = { ...response, status: 'queued', output: [], usage: null }
  const background_options = { completion_window: '8h' }
  await attributesOf(url, { model: 'gpt-5-pro', input: 'x', background: true, background_options }, queued)
  expect(await attributesOf(`${url}/resp_window`, undefined, response)).toMatchObject({
    'openai.response.service_tier': 'default',
    'spanmeter.response.service_tier': 'background_8h',
  })
})

test('what is made in the background of more than is held of a request is billed, too', async () => {
  const queued = { ...COMPLETED, id: 'resp_long', status: 'queued', output: [], usage: null }
  const background_options = { completion_window: '2h' }
  const request = { model: 'gpt-5-pro', input: 'x'.repeat(200_000), background: true, background_options }
  await attributesOf(url, request, queued)
  const fetched = await attributesOf(`${url}/resp_long`, undefined, { ...COMPLETED, id: 'resp_long' })
  expect(fetched).toMatchObject({ 'spanmeter.response.service_tier': 'background_2h' })
  expect(fetched['spanmeter.usage.further_models']).toBeDefined()
})

test("an assistant's run that isn't streamed is billed where it is fetched ended", async () => {
  const runs = url.replace('/v1/responses', '/v1/threads/thread_1/runs')
  const queued = { id: 'run_1', thread_id: 'thread_1', model: 'gpt-4.1', status: 'queued', usage: null }
  await attributesOf(runs, { assistant_id: 'asst_1' }, queued)
  const further: unknown[] = []
  for (const answered of [
    { ...queued, status: 'in_progress' },
    {
      ...queued,
      status: 'completed',
      usage: { prompt_tokens: 100, completion_tokens: 9, total_tokens: 109 },
    },
  ]) {
    const fetched = await attributesOf(`${runs}/run_1`, undefined, answered)
    expect(fetched).toMatchObject({ 'gen_ai.operation.name': 'fetch_response' })
    further.push(JSON.parse(String(fetched['spanmeter.usage.further_models'] ?? 'null')))
  }
  const used = { model: 'gpt-4.1', included: true, input_tokens: 100, output_tokens: 9 }
  expect(further).toEqual([null, [used]])
})

test('an evaluation is billed by all models that answered and judged in it', async () => {
  const runs = url.replace('/v1/responses', '/v1/evals/eval_1/runs')
  const used = (model_name: string, prompt_tokens: number): object => {
    return { model_name, prompt_tokens, completion_tokens: 9, cached_tokens: 40, invocation_count: 2 }
  }
  const queued = { id: 'evalrun_1', model: 'gpt-4.1', status: 'queued', per_model_usage: null }
  const running = { ...queued, status: 'in_progress', per_model_usage: [used('gpt-4.1-2025-04-14', 50)] }
  const done = {
    ...queued,
    status: 'completed',
    per_model_usage: [used('gpt-4.1-2025-04-14', 100), used('o4-mini', 200)],
  }
  await attributesOf(runs, { data_source: { type: 'completions', model: 'gpt-4.1' } }, queued)
  const further: unknown[] = []
  for (const answered of [running, done, done]) {
    const fetched = await attributesOf(`${runs}/evalrun_1`, undefined, answered)
    further.push(JSON.parse(String(fetched['spanmeter.usage.further_models'] ?? 'null')))
  }
  const tokens = { 'cache_read.input_tokens': 40, output_tokens: 9 }
  expect(further).toEqual([
    null,
    [
      { model: 'gpt-4.1-2025-04-14', included: true, input_tokens: 100, ...tokens },
      { model: 'o4-mini', input_tokens: 200, ...tokens },
    ],
    null,
  ])
})
