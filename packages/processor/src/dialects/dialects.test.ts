import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { callsByDialect } from '../../test/dialects/index.ts'
import type { EmittedSpan } from '../../test/dialects/types.ts'
import { attributes, encodeTraces, testSpan } from '../../test/support/otlp-messages.ts'
import { ProtobufTraces } from '../otlp/protobuf-traces.ts'
import { dialects, readConversationId, readGenAiSpan } from './index.ts'
import type { GenAiSpan } from './types.ts'

/** What is told of a span at once, and what only who asks for it. */
type Read = GenAiSpan & { conversationId: string | undefined }

const notDialects = new Set(['dialects.test.ts', 'index.ts', 'readers', 'types.ts'])

function read({
  resource = {},
  scope,
  name,
  attributes: values,
  events = [],
}: EmittedSpan): Read | undefined {
  const traces = new ProtobufTraces()
  const span = {
    ...testSpan({ name: name ?? 'span' }),
    attributes: attributes(values),
    events: events.map((event) => ({ name: event.name, attributes: attributes(event.attributes) })),
  }
  traces.scan(
    encodeTraces({
      resourceSpans: [
        {
          resource: { attributes: attributes(resource) },
          scopeSpans: [{ scope: { name: scope ?? '' }, spans: [span] }],
        },
      ],
    }),
  )
  const [row] = traces.table.genAiSpans
  const genAi = row === undefined ? undefined : readGenAiSpan(traces.read(row))
  return genAi && { ...genAi, conversationId: readConversationId(traces.read(row!), genAi) }
}

test('the list has every dialect in the folder, under its file name', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => !notDialects.has(file))
  expect(dialects.map(({ name }) => `${name}.ts`).toSorted()).toEqual(files.toSorted())
})

describe.each(Object.entries(callsByDialect))('%s', (family, calls) => {
  test.each(calls)('reads %#', ({ reads, ...emitted }) => {
    const span = read(emitted)
    expect(span?.dialects).toContain(family)
    expect(span).toMatchObject(reads)
    if (reads.usage !== undefined) expect(span?.usage).toEqual(reads.usage)
  })
})

test('each dialect has calls here', () => {
  expect(Object.keys(callsByDialect).toSorted()).toEqual(dialects.map(({ name }) => name).toSorted())
})

describe('who bills, where the span names no provider', () => {
  test.each([
    ['anthropic.claude-3-5-sonnet-20241022-v2:0', 'aws.bedrock'],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'aws.bedrock'],
    ['nova-lite-v1:0', 'aws.bedrock'],
    ['titan-text-express-v1', 'aws.bedrock'],
    ['command-text-v14', 'aws.bedrock'],
    ['claude-3-7-sonnet-20250219-v1', 'aws.bedrock'],
    ['command-r-plus', 'cohere'],
    ['rerank-v3.5', 'cohere'],
    ['rerank-3.5', 'cohere'],
    ['rerank-2.5-lite', 'voyage_ai'],
    ['rerank-lite-1', 'voyage_ai'],
    ['bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'aws.bedrock'],
    ['arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0', 'aws.bedrock'],
    ['openai/gpt-4o', 'openai'],
    ['anthropic:claude-sonnet-4-5', 'anthropic'],
    ['google-gla:gemini-2.5-pro', 'gcp.gemini'],
    ['projects/p/locations/us-central1/publishers/google/models/gemini-2.5-pro', 'gcp.vertex_ai'],
    ['models/gemini-2.5-pro', 'gcp.gemini'],
    ['ft:gpt-4o-mini-2024-07-18:acme::id', 'openai'],
    ['text-embedding-3-small', 'openai'],
    ['text-embedding-004', 'gcp.vertex_ai'],
    ['qwen-max', 'alibaba_cloud'],
    ['kimi-k2-0905-preview', 'moonshot_ai'],
    ['qwen3-32b', undefined],
    ['gpt-oss:20b', undefined],
    ['llama3:8b', undefined],
    ['my-deployment', undefined],
  ])('%s is of %s', (model, provider) => {
    expect(read({ attributes: { 'gen_ai.request.model': model } })?.provider).toBe(provider)
  })
})

describe('who bills, by what the span calls the provider', () => {
  test('Bedrock is told by what it alone adds to the ids of others', () => {
    const names = { 'gen_ai.system': 'mistral', 'gen_ai.request.model': 'mistral-large-2402-v1:0' }
    expect(read({ attributes: names })?.provider).toBe('aws.bedrock')
  })

  test.each([
    ['anthropic', 'claude-sonnet-4-5@20250929'],
    ['mistral', 'mistral-large@2407'],
    ['', 'text-bison@001'],
  ])('Vertex AI is told by the versions of its ids: %s, %s', (name, model) => {
    const names = { 'gen_ai.system': name, 'gen_ai.request.model': model }
    expect(read({ attributes: names })?.provider).toBe('gcp.vertex_ai')
  })

  test.each([
    ['grok-3', 'x_ai'],
    ['deepseek-chat', 'deepseek'],
    ['gemini-2.5-flash', 'gcp.gemini'],
    ['anthropic/claude-sonnet-4.5', 'anthropic'],
    ['sonar-pro', 'perplexity'],
    ['openai/gpt-4o', 'openai'],
    ['mistral-7b', 'openai'],
    ['deepseek-r1', 'openai'],
    ['my-deployment', 'openai'],
  ])("OpenAI's client calls %s of %s", (model, provider) => {
    expect(read({ attributes: { 'gen_ai.system': 'openai', 'gen_ai.request.model': model } })?.provider).toBe(
      provider,
    )
  })

  test.each([
    ['OpenAI', 'openai'],
    ['Azure OpenAI', 'azure.ai.openai'],
    ['azure-openai.chat', 'azure.ai.openai'],
    ['azure_ai_inference', 'azure.ai.inference'],
    ['az.ai.agents', 'azure.ai.inference'],
    ['microsoft.foundry', 'azure.ai.inference'],
    ['workers-ai', 'cloudflare'],
    ['api.openai.com', 'openai'],
    ['api.x.ai', 'x_ai'],
    ['api.together.xyz', 'together_ai'],
    ['amazon', 'aws.bedrock'],
    ['bedrock-converse', 'aws.bedrock'],
    ['google-genai', 'gcp.gemini'],
    ['google.vertex.anthropic', 'gcp.vertex_ai'],
    ['fireworks.chat', 'fireworks_ai'],
    ['deepinfra.chat', 'deepinfra'],
    ['openai:completions', 'openai'],
    ['OPEN_AI', 'openai'],
    ['ZhipuAI', 'z_ai'],
    ['alibaba.chat', 'alibaba_cloud'],
    ['oci_genai', 'oracle'],
    ['GOOGLE_VERTEX_AI_GEMINI', 'gcp.vertex_ai'],
    ['Google Gemini', 'gcp.gemini'],
    ['langgenius/gemini/google', 'gcp.gemini'],
    ['langgenius/azure_openai/azure_openai', 'azure.ai.openai'],
    ['langgenius/tongyi/tongyi', 'alibaba_cloud'],
    ['langgenius/x/x', 'x_ai'],
    ['My Gateway', 'my gateway'],
    ['AnthropicVertex', 'gcp.vertex_ai'],
    ['gcp_vertex_anthropic', 'gcp.vertex_ai'],
    ['google_ai_studio_gemini', 'gcp.gemini'],
    ['ark', 'volcengine'],
    ['Qwen', 'alibaba_cloud'],
    ['hunyuan', 'tencent'],
    ['qianfan', 'baidu'],
    ['anthropic-chat', 'anthropic'],
    ['amazon_bedrock_converse_chat', 'aws.bedrock'],
    ['chat-google-generative-ai', 'gcp.gemini'],
    ['AzureChatOpenAI', 'azure.ai.openai'],
    ['text-completion-openai', 'openai'],
    ['watsonx_text', 'ibm.watsonx.ai'],
    ['aws.sagemaker', 'aws.sagemaker'],
    ['sagemaker_chat', 'aws.sagemaker'],
    ['ollama-llm', 'ollama'],
    ['hosted_vllm', 'hosted_vllm'],
    ['eino', undefined],
    ['OTHER', undefined],
    ['strands-agents', undefined],
    ['fallback:openai,anthropic', undefined],
    ['none', undefined],
    ['Recommend a {genre} book', undefined],
    ['What is the capital of France?', undefined],
  ])('%s is %s', (name, provider) => {
    expect(
      read({ attributes: { 'gen_ai.system': name, 'gen_ai.request.model': 'my-deployment' } })?.provider,
    ).toBe(provider)
  })
})

test.each(['none', 'unknown', 'None', 'unknown_model'])('a model called %s is none', (name) => {
  const names = { 'gen_ai.request.model': name, 'gen_ai.response.model': name }
  expect(read({ attributes: { 'gen_ai.operation.name': 'chat', ...names } })).toEqual({
    dialects: ['gen-ai-semconv'],
    role: 'call',
    operation: 'chat',
    usage: {},
    cachedInput: undefined,
  })
})

test('the address is not believed that OpenLIT for JavaScript has of each SDK, wherever it calls', () => {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'grok-3-mini',
    'server.address': 'api.openai.com',
  }
  expect(read({ scope: '@openlit/instrumentation-openai', attributes })?.host).toBeUndefined()
  expect(read({ attributes })?.host).toBe('api.openai.com')
})

test('a request that is called LLM by an exporter that calls each span so is no call', () => {
  const attributes = { 'openinference.span.kind': 'LLM', 'http.request.method': 'GET' }
  expect(read({ attributes })?.role).toBe('step')
  expect(read({ attributes: { ...attributes, 'input.value': 'Hi' } })?.role).toBe('call')
  expect(read({ attributes: { 'openinference.span.kind': 'LLM' } })?.role).toBe('call')
})

describe('what is billed', () => {
  const usage = { 'gen_ai.usage.input_tokens': 5 }
  test.each([
    ['chat', {}, 'call'],
    ['text_completions', {}, 'call'],
    ['llm_call', {}, 'call'],
    ['audio_generation', {}, 'call'],
    ['agent_call', usage, 'step'],
    ['realtime', usage, 'call'],
    ['generate_live_content', {}, 'call'],
    ['GenerateContent', {}, 'call'],
    ['TextCompletion', {}, 'call'],
    ['ai.transcribe', {}, 'call'],
    ['invoke_agent', usage, 'step'],
    ['invoke_swarm', usage, 'step'],
    ['execute_event_loop_cycle', usage, 'step'],
    ['agent_step', usage, 'step'],
    ['invoke_workflow', usage, 'step'],
    ['execute_tool', usage, 'step'],
    ['fetch_response', usage, 'step'],
    ['get_response', usage, 'step'],
    ['retrieval', usage, 'step'],
    ['count_tokens', usage, 'step'],
    ['summarise', usage, 'call'],
    ['summarise', {}, 'step'],
  ])('an operation %s with usage %j is a %s', (operation, counts, role) => {
    expect(
      read({ attributes: { 'gen_ai.operation.name': operation, 'gen_ai.request.model': 'm', ...counts } })
        ?.role,
    ).toBe(role)
  })
})

test('an operation that nobody knows is a call by the usage that another dialect states', () => {
  const attributes = {
    'gen_ai.operation.name': 'summarise',
    'langtrace.service.name': 'anthropic',
    'llm.model': 'claude-sonnet-4-5',
    'llm.token.counts.prompt': 10,
  }
  expect(read({ attributes })).toMatchObject({ role: 'call', usage: { inputTokens: 10 } })
})

test("a framework's agent is known by its old name, too, where a provider stands beside it", () => {
  const attributes = {
    'gen_ai.system': 'agno',
    'gen_ai.provider.name': 'openai',
    'gen_ai.agent.name': 'Researcher',
    'gen_ai.request.model': 'gpt-4o-mini',
  }
  expect(read({ attributes })?.role).toBe('step')
})

test.each(['fp_44709d6fcb', 'None'])(
  "a service tier that is called %s, as by OpenLIT of LiteLLM's calls, is none",
  (tier) => {
    const attributes = { 'gen_ai.request.model': 'm', 'openai.response.service_tier': tier }
    expect(read({ attributes })).not.toHaveProperty('serviceTier')
  },
)

test('a count of nothing but spaces is unknown, not zero', () => {
  const attributes = { 'gen_ai.request.model': 'm', 'gen_ai.usage.input_tokens': ' ' }
  expect(read({ attributes })?.usage).toEqual({})
})

test('what was made in the background is billed where our instrumentation says what it took', () => {
  const attributes = {
    'gen_ai.operation.name': 'fetch_response',
    'gen_ai.response.model': 'm',
    'spanmeter.usage.further_models': '[{"model":"m","included":true,"input_tokens":5}]',
  }
  const span = read({ scope: '@spanmeter/instrumentation', attributes })
  expect(span?.role).toBe('call')
  expect(span?.furtherUsage).toEqual([{ model: 'm', included: true, usage: { inputTokens: 5 } }])
  const { 'spanmeter.usage.further_models': _, ...polled } = attributes
  expect(read({ scope: '@spanmeter/instrumentation', attributes: polled })?.role).toBe('step')
})

test('what was fetched is billed by whatever it is billed by', () => {
  const models = [{ model: 'm', included: true, seconds: 71.5, images: 2, 'audio.input_tokens': 3 }]
  const attributes = {
    'gen_ai.operation.name': 'fetch_response',
    'spanmeter.usage.further_models': JSON.stringify(models),
  }
  expect(read({ scope: '@spanmeter/instrumentation', attributes })?.furtherUsage).toEqual([
    { model: 'm', included: true, usage: { seconds: 71.5, images: 2, audioInputTokens: 3 } },
  ])
})

test('what compactions took of a message that is fetched is billed beside the message', () => {
  const message = { model: 'm', included: true, input_tokens: 100, output_tokens: 20 }
  const compaction = {
    'compaction.input_tokens': 5000,
    'compaction.cache_read.input_tokens': 4000,
    'compaction.output_tokens': 300,
  }
  const attributes = {
    'gen_ai.operation.name': 'fetch_response',
    'spanmeter.usage.further_models': JSON.stringify([{ ...message, ...compaction }]),
  }
  expect(read({ scope: '@spanmeter/instrumentation', attributes })?.furtherUsage).toEqual([
    {
      model: 'm',
      included: true,
      usage: { inputTokens: 5100, cacheReadTokens: 4000, outputTokens: 320 },
    },
  ])
})

test('of a call that is not billed, no part is', () => {
  const span = read({
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'm',
      'gen_ai.usage.input_tokens': 50,
      'gen_ai.usage.cache_read.input_tokens': 20,
      'gen_ai.usage.cache_creation.input_tokens': 10,
      'spanmeter.usage.cache_write_1h.input_tokens': 10,
      'gen_ai.usage.output_tokens': 0,
      'spanmeter.usage.billed.input_tokens': 0,
      'spanmeter.usage.billed.output_tokens': 0,
    },
  })
  expect(span?.usage).toEqual({ inputTokens: 0, outputTokens: 0 })
})

const recordings = new URL('../../../../../shared/recordings/foreign-spans.jsonl', import.meta.url)

/** Attributes in which a span of the recordings states its totals plainly. */
const stated = {
  inputTokens: [
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.token_count.prompt',
    'ai.usage.inputTokens',
  ],
  outputTokens: [
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion',
    'ai.usage.outputTokens',
  ],
} as const

describe.skipIf(!existsSync(recordings))(
  "other people's spans (../shared/recordings; skipped where that is absent)",
  () => {
    const spans: (EmittedSpan & { id: string })[] = existsSync(recordings)
      ? readFileSync(recordings, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      : []
    const withUsage = spans.filter(({ attributes: values }) =>
      Object.values(stated)
        .flat()
        .some((name) => values[name] !== undefined),
    )

    test.each(withUsage)('$id: input and output tokens as the span states them', (fixture) => {
      const usage = read(fixture)?.usage ?? {}
      for (const part of ['inputTokens', 'outputTokens'] as const) {
        const name = stated[part].find((candidate) => fixture.attributes[candidate] !== undefined)
        if (name === undefined) continue
        const cached =
          read(fixture)?.cachedInput === 'excluded'
            ? (usage.cacheReadTokens ?? 0) + (usage.cacheWriteTokens ?? 0)
            : 0
        expect((usage[part] ?? 0) - (part === 'inputTokens' ? cached : 0)).toBe(
          Number(fixture.attributes[name]),
        )
      }
    })
  },
)

test("LiteLLM's zero for a model that it knows no price of is no cost", () => {
  const span = read({
    scope: 'litellm',
    attributes: {
      'gen_ai.request.model': 'claude-opus-4-1',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.cost.total_cost': 0,
      'litellm.cache_hit': false,
    },
  })
  expect(span?.role).toBe('call')
  expect(span?.declaredCost).toBeUndefined()
})
