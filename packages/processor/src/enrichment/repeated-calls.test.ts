import { loadPriceBook } from '@spanmeter/pricing'
import { describe, expect, test } from 'vitest'
import { attributes, encodeTraces, type TestSpan, testSpan } from '../../test/support/otlp-messages.ts'
import { parseConfig } from '../config/load-config.ts'
import { transcode } from '../otlp/transcode.ts'
import { createProcessTraces } from '../process-traces.ts'
import { createEnrichment } from '../serve/reloadable-enrichment.ts'
import { openBatchMemory, sharedBatchMemory } from './batch-memory.ts'
import type { MeteredCall } from './metered-call.ts'

const priceBook = loadPriceBook()
const START = 1_780_000_000_000

interface Told extends TestSpan {
  readonly scope: string
  readonly service?: string
  /** Milliseconds from the start of the trace. */
  readonly from?: number
  readonly to?: number
}

/** LangChain by OpenInference, whose span is not the active one while the SDK calls. */
const framework: Told = {
  id: 1,
  scope: '@arizeai/openinference-instrumentation-langchain',
  name: 'ChatOpenAI',
  from: 0,
  to: 1000,
  attributes: {
    'openinference.span.kind': 'LLM',
    'llm.provider': 'openai',
    'llm.model_name': 'gpt-4.1',
    'llm.token_count.prompt': 1000,
    'llm.token_count.prompt_details.cache_read': 400,
    'llm.token_count.completion': 500,
  },
}
/** The SDK by OpenLLMetry, which leaves out what is cached. */
const sdk: Told = {
  id: 2,
  scope: '@traceloop/instrumentation-openai',
  name: 'chat gpt-4.1',
  from: 10,
  to: 990,
  attributes: {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4.1',
    'gen_ai.usage.input_tokens': 1000,
    'gen_ai.usage.output_tokens': 500,
  },
}
/** $2 and $8 a million tokens, $0.50 for those cached. */
const byFramework = 0.0054
const bySdk = 0.006

function requestOf(spans: readonly Told[]): Buffer {
  return encodeTraces({
    resourceSpans: spans.map(
      ({ scope, service = 'app', from = 0, to = 0, attributes: values = {}, ...span }) => ({
        resource: { attributes: attributes({ 'service.name': service }) },
        scopeSpans: [
          {
            scope: { name: scope },
            spans: [
              {
                ...testSpan({ ...span, parent: 9, start: nanos(from), end: nanos(to) }),
                attributes: attributes(values),
              },
            ],
          },
        ],
      }),
    ),
  })
}

const nanos = (millis: number): string => `${START + millis}000000`

/** What is counted of these batches, in order. */
function counted(...batches: readonly (readonly Told[])[]): (number | undefined)[] {
  const process = createProcessTraces({ priceBook })
  return batches.flatMap((spans) => own(process(requestOf(spans), 'protobuf').calls))
}

/** The same, each batch heard of by another thread, and in another encoding. */
function countedByThreads(...batches: readonly (readonly Told[])[]): (number | undefined)[] {
  const shared = sharedBatchMemory()
  return batches.flatMap((spans) => {
    const process = createProcessTraces({ priceBook, batchMemory: openBatchMemory(shared) })
    return own(process(transcode(requestOf(spans), 'traces', 'protobuf', 'json'), 'json').calls)
  })
}

const own = (calls: readonly MeteredCall[]): (number | undefined)[] =>
  calls
    .filter(({ role }) => role === 'own')
    .map(({ cost }) => (cost?.priced === true ? cost.amount : undefined))

const having = (told: Told, values: Told['attributes']): Told => ({
  ...told,
  attributes: { ...told.attributes, ...values },
})

describe('a call that a framework and its SDK tell of side by side', () => {
  test('is counted once in a batch, by who knows more', () => {
    expect(counted([sdk, framework])).toEqual([byFramework])
    expect(counted([framework, sdk])).toEqual([byFramework])
  })

  test('is counted once in two batches, by who comes first, however often they are sent', () => {
    expect(counted([sdk], [framework])).toEqual([bySdk])
    expect(counted([framework], [sdk])).toEqual([byFramework])
    expect(counted([sdk], [framework], [framework])).toEqual([bySdk])
    expect(counted([sdk, framework], [sdk, framework])).toEqual([byFramework, byFramework])
  })

  test('is counted once where another thread hears of the other', () => {
    expect(countedByThreads([sdk], [framework], [framework])).toEqual([bySdk])
    expect(countedByThreads([framework], [{ ...sdk, trace: 2 }])).toEqual([byFramework])
    expect(countedByThreads([framework], [{ ...sdk, service: 'gateway' }])).toHaveLength(2)
  })

  test('is counted once where the configuration is read again in between', () => {
    const config = parseConfig('', 'test', {})
    const { processTraces, prepareReload } = createEnrichment(config)
    const first = own(processTraces(requestOf([sdk]), 'protobuf').calls)
    prepareReload(config)()
    expect([...first, ...own(processTraces(requestOf([framework]), 'protobuf').calls)]).toEqual([bySdk])
  })

  test('is counted once where three tell of it', () => {
    const wire = having(
      { ...sdk, id: 3, scope: '@spanmeter/instrumentation' },
      {
        'gen_ai.usage.cache_read.input_tokens': 400,
        'gen_ai.usage.reasoning.output_tokens': 100,
      },
    )
    expect(counted([sdk, framework, wire])).toEqual([byFramework])
    expect(counted([wire, sdk, framework])).toEqual([byFramework])
  })

  test('is counted once where both have one scope, as by OpenLIT', () => {
    const openLit = (told: Told, version: string) =>
      having({ ...told, scope: 'openlit.otel.tracing' }, { 'gen_ai.sdk.version': version })
    expect(counted([openLit(sdk, '1.109.1'), openLit(framework, '0.3.83')])).toEqual([byFramework])
    expect(counted([openLit(sdk, '1.109.1'), openLit({ ...sdk, id: 3 }, '1.109.1')])).toEqual([bySdk, bySdk])
  })

  test("is counted once where one is Langfuse's callback and one its client of OpenAI", () => {
    const generation = (id: number, name: string): Told => ({
      id,
      scope: 'langfuse-sdk',
      name,
      from: id,
      to: 1000 - id,
      attributes: {
        'langfuse.observation.type': 'generation',
        'langfuse.observation.model.name': 'gpt-4.1',
        'langfuse.observation.usage_details': JSON.stringify({ input: 1000, output: 500 }),
      },
    })
    const [callback, client] = [generation(1, 'ChatOpenAI'), generation(2, 'OpenAI-generation')]
    expect(counted([callback, client])).toEqual([bySdk])
    expect(counted([client], [callback])).toEqual([bySdk])
    expect(counted([client, generation(3, 'OpenAI-generation')])).toEqual([bySdk, bySdk])
  })

  test('is counted once where the span of one ends before its request, as of streams by LlamaIndex', () => {
    const ended = {
      ...framework,
      scope: 'openinference.instrumentation.llama_index',
      name: 'OpenAI.stream_chat',
      to: 5,
    }
    expect(counted([ended, sdk])).toEqual([byFramework])
    expect(counted([sdk], [ended])).toEqual([bySdk])
    expect(counted([{ ...ended, name: 'OpenAI.chat' }, sdk])).toEqual([byFramework, bySdk])
  })

  test('costs what stands above it once', () => {
    const parent: Told = { id: 9, scope: 'http', to: 1000 }
    const { bytes } = createProcessTraces({ priceBook })(requestOf([sdk, framework, parent]), 'protobuf')
    const text = Buffer.from(bytes).toString('latin1')
    expect(text.match(/spanmeter\.cost\.amount/g)).toHaveLength(1)
    expect(text.match(/wrapper/g)).toHaveLength(1)
  })

  test.each<[string, Told]>([
    ['leaves out what is cached', having(sdk, { 'gen_ai.usage.input_tokens': 600 })],
    ['counts a token more', having(sdk, { 'gen_ai.usage.output_tokens': 501 })],
    ['knows no price', having(sdk, { 'gen_ai.request.model': 'my-deployment' })],
  ])('is counted once where the SDK %s', (_difference, differing) => {
    expect(counted([differing, framework])).toEqual([byFramework])
  })

  test('is counted once where one leaves out thoughts', () => {
    const thinking = having(framework, { 'llm.token_count.completion_details.reasoning': 300 })
    expect(counted([having(sdk, { 'gen_ai.usage.output_tokens': 200 }), thinking])).toEqual([byFramework])
  })
})

describe('a call that a framework and its SDK tell of in traces of their own', () => {
  const alone: Told = { ...sdk, trace: 2 }

  test('is counted once, in one batch or two, by whatever name each has for the model', () => {
    const dated = having(alone, { 'gen_ai.response.model': 'gpt-4.1-2025-04-14' })
    expect(counted([dated, framework])).toEqual([byFramework])
    expect(counted([framework, dated])).toEqual([byFramework])
    expect(counted([dated], [framework], [framework])).toEqual([bySdk])
  })

  test('is counted once for each time that it is made', () => {
    const again = { from: 2000, to: 3000 }
    const [innerAgain, outerAgain] = [
      { ...alone, id: 3, from: 2010, to: 2990 },
      { ...framework, id: 4, ...again },
    ]
    expect(counted([alone, framework, innerAgain, outerAgain])).toEqual([byFramework, byFramework])
    expect(counted([alone, innerAgain], [framework, outerAgain])).toEqual([bySdk, bySdk])
  })

  test('is counted once among many with an answer as short', () => {
    const short = (told: Told, number: number) =>
      having(
        { ...told, id: told.id! * 1000 + number, trace: 2 + number },
        {
          'gen_ai.usage.input_tokens': 1000 + number,
          'gen_ai.usage.output_tokens': 1,
          'llm.token_count.prompt': 1000 + number,
          'llm.token_count.completion': 1,
        },
      )
    const numbers = Array.from({ length: 200 }, (_, number) => number)
    const spans = [sdk, framework].flatMap((told) => numbers.map((number) => short(told, number)))
    expect(counted(spans)).toHaveLength(200)
  })

  test('is counted once where both begin in the same millisecond', () => {
    expect(counted([{ ...alone, from: 0 }, framework])).toEqual([byFramework])
  })

  test('is counted once where one counts a few tokens more', () => {
    expect(counted([having(alone, { 'gen_ai.usage.output_tokens': 504 }), framework])).toEqual([byFramework])
  })

  test('is counted once where one leaves out what is cached', () => {
    expect(counted([having(alone, { 'gen_ai.usage.input_tokens': 600 }), framework])).toEqual([byFramework])
  })

  test('is counted once each among embeddings with equally many tokens', () => {
    const embedding = (id: number, scope: string, from: number, to: number): Told => ({
      id,
      trace: id,
      scope,
      from,
      to,
      attributes: {
        'gen_ai.operation.name': 'embeddings',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'text-embedding-3-large',
        'gen_ai.usage.input_tokens': 1000,
      },
    })
    const told = [embedding(1, 'gen_ai', 0, 100), embedding(2, 'gen_ai', 1, 101)]
    const wire = [3, 4, 5].map((id) => embedding(id, '@spanmeter/instrumentation', id, 90 + id))
    expect(counted([...wire, ...told])).toEqual([0.00013, 0.00013, 0.00013])
    expect(counted(told, wire)).toEqual([0.00013, 0.00013, 0.00013])
    expect(counted(told, [embedding(6, 'sdk', 50, 150)])).toHaveLength(3)
  })

  test.each<[string, Told]>([
    ['another model', having(alone, { 'gen_ai.request.model': 'gpt-4.1-mini' })],
    ['other counts', having(alone, { 'gen_ai.usage.output_tokens': 480 })],
    ['another service', { ...alone, service: 'gateway' }],
    ['another time', { ...alone, from: 1001, to: 2000 }],
    ['the very same times', { ...alone, from: 0, to: 1000 }],
    ['no other instrumentation', { ...alone, scope: framework.scope }],
  ])('is another one with %s', (_difference, other) => {
    expect(counted([framework, other])).toHaveLength(2)
  })
})

describe('two calls are counted', () => {
  test.each<[string, Told]>([
    ['of the same instrumentation', { ...framework, id: 2 }],
    ['of two services', { ...sdk, service: 'gateway' }],
    ['one after the other', { ...sdk, from: 1001, to: 2000 }],
    ['with other counts', having(sdk, { 'gen_ai.usage.output_tokens': 480 })],
  ])('%s', (_difference, other) => {
    expect(counted([framework, other])).toHaveLength(2)
  })

  test('where two of each instrumentation run at the same time', () => {
    const all = [sdk, { ...sdk, id: 3 }, framework, { ...framework, id: 4 }]
    expect(counted(all)).toEqual([byFramework, byFramework])
  })
})

describe('what a run of OpenClaw used', () => {
  const used = (input: number, output: number) => ({
    'gen_ai.operation.name': 'chat',
    'gen_ai.system': 'openai',
    'gen_ai.request.model': 'gpt-4.1',
    'gen_ai.usage.input_tokens': input,
    'gen_ai.usage.output_tokens': output,
  })
  const call = (id: number, from: number): Told => ({
    id,
    scope: 'openclaw',
    name: 'openclaw.model.call',
    from,
    to: from + 100,
    attributes: used(1000, 500),
  })
  const run = (to: number): Told => ({
    id: 5,
    scope: 'openclaw',
    name: 'openclaw.model.usage',
    from: 0,
    to,
    attributes: { ...used(2000, 1000), 'openclaw.tokens.input': 2000, 'openclaw.tokens.output': 1000 },
  })
  const usageless = ({ attributes: _, ...told }: Told): Told => ({
    ...told,
    attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4.1' },
  })

  test('is not counted where its calls say what they used, in one batch or two', () => {
    expect(counted([call(1, 10), call(2, 200), run(400)])).toEqual([bySdk, bySdk])
    expect(counted([call(1, 10), call(2, 200)], [run(400)], [run(400)])).toEqual([bySdk, bySdk])
    expect(countedByThreads([call(1, 10), call(2, 200)], [run(400)])).toEqual([bySdk, bySdk])
  })

  test('is counted where they do not, as before 2026.7', () => {
    expect(counted([usageless(call(1, 10)), usageless(call(2, 200)), run(400)])).toEqual([
      undefined,
      undefined,
      2 * bySdk,
    ])
  })

  test('is counted of what is no run, and has no duration, while another one calls', () => {
    expect(counted([run(0), call(1, 10)])).toEqual([2 * bySdk, bySdk])
    expect(counted([call(1, 10), run(0)])).toEqual([bySdk, 2 * bySdk])
  })
})

describe('what a turn of a Claude agent used, by OpenInference', () => {
  const call = (id: number, from: number): Told => ({
    id,
    scope: 'com.anthropic.claude_code.tracing',
    service: 'claude-code',
    name: 'claude_code.llm_request',
    from,
    to: from + 100,
    attributes: {
      'llm_request.context': 'interaction',
      model: 'claude-sonnet-4-5',
      input_tokens: 1000,
      output_tokens: 500,
    },
  })
  const turn: Told = {
    id: 5,
    scope: '@arizeai/openinference-instrumentation-claude-agent-sdk',
    name: 'ClaudeAgent.query',
    from: 0,
    to: 400,
    attributes: {
      'openinference.span.kind': 'AGENT',
      'llm.model_name': 'claude-sonnet-4-5',
      'llm.token_count.prompt': 2000,
      'llm.token_count.completion': 1000,
      'llm.cost.total': 0.03,
    },
  }
  /** $3 and $15 a million tokens. */
  const byCall = 0.0105

  test("is not counted where Claude Code's own telemetry tells of its calls in the same trace", () => {
    expect(counted([call(1, 10), call(2, 200)], [turn])).toEqual([byCall, byCall])
    expect(counted([call(1, 10), call(2, 200), turn])).toEqual([byCall, byCall])
  })

  test('is counted where it does not, or tells of others', () => {
    expect(counted([turn])).toEqual([0.03])
    expect(counted([call(1, 500)], [turn])).toEqual([byCall, 0.03])
  })

  test('is counted where its tools call models of their own', () => {
    expect(counted([{ ...sdk, from: 100, to: 200 }], [turn])).toEqual([bySdk, 0.03])
  })
})
