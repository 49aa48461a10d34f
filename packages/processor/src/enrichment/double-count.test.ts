import { loadPriceBook } from '@spanmeter/pricing'
import { describe, expect, test } from 'vitest'
import {
  attributes,
  encodeTraces,
  spanAttributes,
  type TestSpan,
  testSpan,
} from '../../test/support/otlp-messages.ts'
import { createProcessTraces } from '../process-traces.ts'

const priceBook = loadPriceBook()

/** gpt-4.1: $2 and $8 a million tokens. */
const usage = { 'gen_ai.usage.input_tokens': 1000, 'gen_ai.usage.output_tokens': 500 }
const model = { 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-4.1' }
const openInference = {
  'llm.provider': 'openai',
  'llm.model_name': 'gpt-4.1',
  'llm.token_count.prompt': 1000,
  'llm.token_count.completion': 500,
}
const vercel = {
  'ai.model.provider': 'openai.chat',
  'ai.model.id': 'gpt-4.1',
  'ai.usage.inputTokens': 1000,
  'ai.usage.outputTokens': 500,
}
const liteLlm = {
  'gen_ai.system': 'openai',
  'gen_ai.request.model': 'gpt-4.1',
  'llm.request.type': 'acompletion',
  ...usage,
}

type Layer = TestSpan & { scope?: string }

/** One call, as the layers of one application tell of it: the outermost first, each above the next. */
const stacks: Record<string, Layer[]> = {
  'an AI SDK 6 call beneath a traced route': [
    { name: 'POST /chat' },
    { name: 'ai.generateText', attributes: { 'ai.operationId': 'ai.generateText', ...vercel } },
    {
      name: 'ai.generateText.doGenerate',
      attributes: { 'ai.operationId': 'ai.generateText.doGenerate', ...vercel, ...model, ...usage },
    },
  ],
  'an AI SDK 7 agent with one step': [
    { attributes: { 'gen_ai.operation.name': 'invoke_agent', ...model, ...usage } },
    { attributes: { 'gen_ai.operation.name': 'agent_step' } },
    { attributes: { 'gen_ai.operation.name': 'chat', ...model, ...usage } },
  ],
  'a run of Claude by Logfire, whose calls have no final usage': [
    {
      attributes: {
        'gen_ai.operation.name': 'invoke_agent',
        num_turns: 1,
        'logfire.msg': 'run',
        ...model,
        ...usage,
      },
    },
    {
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.usage.partial.input_tokens': 1000,
        'gen_ai.usage.partial.output_tokens': 1,
        ...model,
      },
    },
  ],
  'a turn of Codex, whose responses name no model': [
    {
      scope: 'codex_cli_rs',
      attributes: {
        model: 'gpt-4.1',
        'codex.turn.token_usage.input_tokens': 1000,
        'codex.turn.token_usage.output_tokens': 500,
      },
    },
    {
      scope: 'codex_cli_rs',
      attributes: { 'codex.usage.total_tokens': 1500, ...usage },
    },
  ],
  'a function that Mirascope traces, and the call in it': [
    {
      attributes: {
        'mirascope.type': 'trace',
        'mirascope.response.provider_id': 'openai',
        'mirascope.response.model_id': 'openai/gpt-4.1',
        'mirascope.response.usage': '{"input_tokens":1000,"output_tokens":500}',
      },
    },
    { attributes: { 'gen_ai.operation.name': 'chat', ...model, ...usage } },
  ],
  'LangChain and the OpenAI SDK, both instrumented by OpenInference': [
    { attributes: { 'openinference.span.kind': 'AGENT', ...openInference } },
    { attributes: { 'openinference.span.kind': 'LLM', ...openInference } },
    { attributes: { 'openinference.span.kind': 'LLM', ...openInference } },
  ],
  'OpenLLMetry beneath OpenInference': [
    { attributes: { 'openinference.span.kind': 'LLM', ...openInference } },
    { attributes: { 'llm.request.type': 'chat', ...model, ...usage } },
  ],
  'a client and the LiteLLM gateway that it calls': [
    { attributes: { 'gen_ai.operation.name': 'chat', ...model, ...usage } },
    { scope: 'litellm', name: 'Received Proxy Server Request' },
    { scope: 'litellm', name: 'litellm_request', attributes: liteLlm },
    { scope: 'litellm', name: 'raw_gen_ai_request', attributes: { 'llm.openai.model': 'gpt-4.1', ...usage } },
  ],
  'a Pydantic AI run of the time before it named its operation': [
    { scope: 'pydantic-ai', name: 'agent run', attributes: { all_messages_events: '[]', ...usage } },
    {
      scope: 'pydantic-ai',
      name: 'chat gpt-4.1',
      attributes: { 'gen_ai.operation.name': 'chat', ...model, ...usage },
    },
  ],
  'a Strands agent, its loop and its call': [
    { scope: 'strands', attributes: { 'gen_ai.operation.name': 'invoke_agent', ...model, ...usage } },
    { scope: 'strands', attributes: { 'gen_ai.operation.name': 'execute_event_loop_cycle' } },
    { scope: 'strands', attributes: { 'gen_ai.operation.name': 'chat', ...model, ...usage } },
  ],
  'a LiveKit turn, its node and its request': [
    { scope: 'livekit-agents', name: 'agent_turn', attributes: { 'lk.generation_id': 'g' } },
    { scope: 'livekit-agents', name: 'llm_node', attributes: model },
    { scope: 'livekit-agents', name: 'llm_request', attributes: { ...model, ...usage } },
    { scope: 'livekit-agents', name: 'llm_request_run', attributes: model },
  ],
  "LlamaIndex's workflow and call, by OpenLLMetry, above the SDK's": [
    {
      scope: 'opentelemetry.instrumentation.llamaindex',
      attributes: { 'traceloop.span.kind': 'workflow', 'traceloop.entity.name': 'QueryEngine.workflow' },
    },
    {
      scope: 'opentelemetry.instrumentation.llamaindex',
      attributes: { 'traceloop.span.kind': 'task', ...model, ...usage },
    },
    { attributes: { 'llm.request.type': 'chat', ...model, ...usage } },
  ],
  'a Langfuse agent that repeats the usage of its generation': [
    { attributes: { 'langfuse.observation.type': 'agent', ...model, ...usage } },
    { attributes: { 'langfuse.observation.type': 'generation', ...model, ...usage } },
  ],
}

/** The layers of one call in one trace, innermost first: the order in which they end. */
function spansOf(layers: readonly Layer[], trace: number): Layer[] {
  return layers
    .map((layer, depth) => ({ ...layer, trace, id: depth + 1, ...(depth === 0 ? {} : { parent: depth }) }))
    .toReversed()
}

function requestOf(spans: readonly Layer[]): Buffer {
  const scopeSpans = spans.map(({ scope = 'test', attributes: values = {}, ...span }) => ({
    scope: { name: scope },
    spans: [{ ...testSpan(span), attributes: attributes(values) }],
  }))
  return encodeTraces({ resourceSpans: [{ scopeSpans }] })
}

function ownAmounts(batches: readonly (readonly Layer[])[]): (number | undefined)[] {
  const process = createProcessTraces({ priceBook })
  return batches.flatMap((spans) =>
    process(requestOf(spans), 'protobuf')
      .calls.filter(({ role }) => role === 'own')
      .map(({ cost }) => (cost?.priced === true ? cost.amount : undefined)),
  )
}

describe.each(Object.entries(stacks))('%s', (_name, layers) => {
  test('costs once in one batch, whatever the order', () => {
    expect(ownAmounts([spansOf(layers, 1)])).toEqual([0.006])
    expect(ownAmounts([spansOf(layers, 1).toReversed()])).toEqual([0.006])
  })

  test('costs once with each span in a batch of its own, two traces interleaved', () => {
    const [first, second] = [spansOf(layers, 1), spansOf(layers, 2)]
    expect(ownAmounts(first.flatMap((span, index) => [[span], [second[index]!]]))).toEqual([0.006, 0.006])
  })
})

const call = { scope: 'gcp.vertex.agent', name: 'call_llm', attributes: { ...model, ...usage } }
const tool = { name: 'execute_tool helper', attributes: { 'gen_ai.operation.name': 'execute_tool' } }
const agent = { name: 'invoke_agent helper', attributes: { 'gen_ai.operation.name': 'invoke_agent' } }

/** Calls whose spans stay open while what they asked for runs, as ADK 1 has them. */
const runs: Record<string, Layer[]> = {
  'a call above an agent that is its tool': [agent, call, tool, agent, call],
  'a call above the agent that it hands over to': [agent, call, agent, call],
}

describe.each(Object.entries(runs))('%s', (_name, layers) => {
  test('is counted, and so is the call of that agent, in one batch or several', () => {
    const [first, second] = [spansOf(layers, 1), spansOf(layers, 2)]
    expect(ownAmounts([first])).toEqual([0.006, 0.006])
    expect(ownAmounts([first.toReversed()])).toEqual([0.006, 0.006])
    expect(ownAmounts(first.flatMap((span, index) => [[span], [second[index]!]]))).toEqual(
      Array(4).fill(0.006),
    )
  })

  test('adds to the inclusive cost of what stands above', () => {
    const { bytes } = createProcessTraces({ priceBook })(requestOf(spansOf(layers, 1)), 'protobuf')
    const spans = spanAttributes(bytes)
    expect(spans.map((span) => span['spanmeter.cost.role']).filter(Boolean)).toEqual(['own', 'own'])
    const inclusive = spans.map((span) => span['spanmeter.cost.inclusive'])
    expect(inclusive).toEqual([undefined, ...Array(layers.length - 3).fill(0.006), 0.012, 0.012])
  })
})

/** A model of the user's own, which has no price, and the server that runs it. */
const ownModel = { 'gen_ai.request.model': 'acme/support-7b' }
const asked = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', ...ownModel }
const served = {
  'gen_ai.latency.e2e': 1,
  'gen_ai.response.model': 'acme/support-7b',
  'gen_ai.usage.prompt_tokens': 1000,
  'gen_ai.usage.completion_tokens': 500,
}

const unpriced: Record<string, Layer[]> = {
  'a client and the vLLM server that answers it': [
    { attributes: { ...asked, ...usage } },
    { name: 'POST /v1/chat/completions' },
    { scope: 'vllm.llm_engine', name: 'llm_request', attributes: served },
  ],
  "a gateway's request, which names the model, and its call": [
    { attributes: ownModel },
    { attributes: { ...asked, ...usage } },
  ],
  'a failed call by a framework and by the SDK beneath': [{ attributes: asked }, { attributes: asked }],
}

describe.each(Object.entries(unpriced))('%s', (_name, layers) => {
  test('are one call, though it has no price', () => {
    expect(ownAmounts([spansOf(layers, 1)])).toEqual([undefined])
    expect(ownAmounts([spansOf(layers, 1).toReversed()])).toEqual([undefined])
    expect(ownAmounts(spansOf(layers, 1).map((span) => [span]))).toEqual([undefined])
  })

  test('have no cost, not one of zero', () => {
    const { bytes } = createProcessTraces({ priceBook })(requestOf(spansOf(layers, 1)), 'protobuf')
    for (const span of spanAttributes(bytes)) {
      expect(span['spanmeter.cost.amount']).toBeUndefined()
      expect(span['spanmeter.cost.inclusive']).toBeUndefined()
    }
  })
})

test('a call with usage is counted, whatever failed beneath it', () => {
  const layers = [{ attributes: { ...asked, ...usage } }, { attributes: asked }]
  expect(ownAmounts([spansOf(layers, 1)])).toEqual([undefined, undefined])
})

describe('a span above a call that is counted by the span of another instrumentation', () => {
  const at = { trace: 1, scope: 'ai' }
  const chat = { 'gen_ai.operation.name': 'chat', ...model }
  const inner: Layer = { ...at, id: 2, parent: 1, attributes: { ...chat, ...usage } }
  const bySdk: Layer = { ...inner, id: 3, parent: 9, scope: 'sdk' }

  test.each<[string, NonNullable<TestSpan['attributes']>]>([
    ['says nothing', chat],
    [
      'states the sum of several',
      { ...chat, 'gen_ai.usage.input_tokens': 2500, 'gen_ai.usage.output_tokens': 900 },
    ],
  ])('is not counted where it %s', (_, attributes) => {
    const outer: Layer = { ...at, id: 1, parent: 9, attributes }
    expect(ownAmounts([[bySdk, inner, outer]])).toEqual([0.006])
    expect(ownAmounts([[bySdk], [inner], [outer]])).toEqual([0.006])
  })

  test('is counted where it is that span', () => {
    const cached = { 'gen_ai.usage.cache_read.input_tokens': 400 }
    const outer: Layer = { ...at, id: 1, parent: 9, attributes: { ...chat, ...usage, ...cached } }
    const beneath: Layer = { ...bySdk, parent: 2, attributes: { ...chat, ...usage } }
    expect(ownAmounts([[beneath, { ...at, id: 2, parent: 1 }, outer]])).toEqual([0.0054])
  })
})

describe('an answer for which something is looked up within its span, as by a middleware of the AI SDK', () => {
  const at = { trace: 1, scope: 'ai' }
  const chat = { 'gen_ai.operation.name': 'chat', ...model, ...usage }
  const embeddings = {
    'gen_ai.operation.name': 'embeddings',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'text-embedding-3-large', // $0.13 a million tokens
    'gen_ai.usage.input_tokens': 1000,
  }
  const answer: Layer = { ...at, id: 1, attributes: chat }
  const step: Layer = { ...at, id: 2, parent: 1, name: 'middleware' }
  const lookUp: Layer = { ...at, id: 3, parent: 2, attributes: embeddings }
  const lookUpOfSdk: Layer = { ...at, id: 4, parent: 3, scope: 'sdk', attributes: embeddings }
  const answerOfSdk: Layer = { ...at, id: 5, parent: 1, scope: 'sdk', attributes: chat }

  test.each<[string, Layer[]]>([
    ['when it alone is told', [lookUp, step, answer]],
    ['when the SDK tells of both again', [lookUpOfSdk, lookUp, step, answerOfSdk, answer]],
  ])('costs what both cost %s, in one batch or in several', (_, spans) => {
    const both = [0.000_13, 0.006]
    expect(ownAmounts([spans])).toEqual(both)
    expect(ownAmounts([spans.toReversed()]).toSorted()).toEqual(both)
    expect(ownAmounts(spans.map((span) => [span]))).toEqual(both)
  })
})

describe('calls one after the other, each beneath the one before it, as by Semantic Kernel for Java', () => {
  const at = (second: number) => `${1_764_000_000_000_000_000n + BigInt(second) * 1_000_000_000n}`
  const next = (id: number): Layer => ({
    scope: 'SemanticKernel',
    trace: 1,
    id,
    ...(id > 1 && { parent: id - 1 }),
    start: at(2 * id),
    end: at(2 * id + 1),
    attributes: { 'gen_ai.operation.name': 'chat.completions', ...model, ...usage },
  })
  const calls = [next(1), next(2), next(3)]

  test('are as many calls, in one batch or in several', () => {
    expect(ownAmounts([calls])).toEqual([0.006, 0.006, 0.006])
    expect(ownAmounts([calls.toReversed()])).toEqual([0.006, 0.006, 0.006])
    expect(ownAmounts(calls.map((call) => [call]))).toEqual([0.006, 0.006, 0.006])
  })

  test('are wrappers as ever of what another instrumentation tells', () => {
    const inner = { ...next(2), scope: 'sdk' }
    expect(ownAmounts([[next(1), inner]])).toEqual([0.006])
  })
})
