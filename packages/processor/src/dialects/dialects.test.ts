import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { attributes, encodeTraces, testSpan } from '../../test/support/otlp-messages.ts'
import { ProtobufTraces } from '../otlp/protobuf-traces.ts'
import { dialects, readGenAiSpan } from './index.ts'
import type { GenAiSpan } from './types.ts'

const notDialects = new Set([
  'cached-input.ts',
  'dialects.test.ts',
  'field-table.ts',
  'index.ts',
  'operations.ts',
  'provider-names.ts',
  'raw-usage.ts',
  'types.ts',
  'values.ts',
])

interface Fixture {
  scope?: string | null
  name?: string | null
  attributes: Readonly<Record<string, unknown>>
}

function read({ scope, name, attributes: values }: Fixture): GenAiSpan | undefined {
  const traces = new ProtobufTraces()
  const span = { ...testSpan({ name: name ?? 'span' }), attributes: attributes(values) }
  traces.scan(
    encodeTraces({ resourceSpans: [{ scopeSpans: [{ scope: { name: scope ?? '' }, spans: [span] }] }] }),
  )
  const [row] = traces.table.genAiSpans
  return row === undefined ? undefined : readGenAiSpan(traces.read(row))
}

test('the list has every dialect in the folder, under its file name', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => !notDialects.has(file))
  expect(dialects.map(({ name }) => `${name}.ts`).toSorted()).toEqual(files.toSorted())
})

const json = JSON.stringify

/** One call of each family as it writes it, and what it says. */
const calls: (Fixture & { family: string; reads: Partial<GenAiSpan> })[] = [
  {
    family: 'gen-ai-semconv',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'vertex_ai',
      'gen_ai.request.model': 'gemini-2.5-pro',
      'gen_ai.usage.prompt_tokens': 100,
      'gen_ai.usage.completion_tokens': '20',
    },
    reads: {
      role: 'call',
      operation: 'chat',
      provider: 'gcp.vertex_ai',
      requestModel: 'gemini-2.5-pro',
      usage: { inputTokens: 100, outputTokens: 20 },
    },
  },
  {
    family: 'gen-ai-semconv',
    attributes: {
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 3,
      'gen_ai.usage.cache_read.input_tokens': 1000,
      'gen_ai.usage.cache_write.input_tokens': 200,
    },
    reads: {
      provider: 'anthropic',
      usage: { inputTokens: 1203, cacheReadTokens: 1000, cacheWriteTokens: 200 },
      cachedInput: 'excluded',
    },
  },
  {
    family: 'gen-ai-semconv',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'anthropic',
      'gen_ai.request.model': 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    },
    reads: { provider: 'aws.bedrock' },
  },
  {
    family: 'spanmeter',
    attributes: {
      'gen_ai.request.model': 'gpt-4.1',
      'spanmeter.usage.tool.web_search.requests': 3,
      'spanmeter.response.service_tier': 'flex',
      'spanmeter.request.batch': true,
      'spanmeter.request.attempts': 2,
    },
    reads: { provider: 'openai', tools: { web_search: 3 }, serviceTier: 'flex', batch: true, attempts: 2 },
  },
  {
    family: 'openllmetry',
    attributes: {
      'llm.request.type': 'completion',
      'llm.vendor': 'AWS',
      'llm.request.model': 'anthropic.claude-v2',
      'llm.usage.prompt_tokens': 5,
      'llm.usage.completion_tokens': 7,
    },
    reads: {
      role: 'call',
      operation: 'text_completion',
      provider: 'aws.bedrock',
      requestModel: 'anthropic.claude-v2',
      usage: { inputTokens: 5, outputTokens: 7 },
    },
  },
  {
    family: 'openllmetry',
    scope: 'opentelemetry.instrumentation.bedrock',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'aws.bedrock',
      'gen_ai.request.model': 'claude-sonnet-4-5-20250929-v1:0',
      'gen_ai.usage.input_tokens': 500,
      'gen_ai.usage.cache_read.input_tokens': 400,
      'gen_ai.usage.output_tokens': 10,
      'gen_ai.usage.total_tokens': 510,
    },
    reads: { usage: { inputTokens: 900, cacheReadTokens: 400, outputTokens: 10 }, cachedInput: 'excluded' },
  },
  {
    family: 'openllmetry',
    attributes: {
      'gen_ai.system': 'Google',
      'llm.request.type': 'chat',
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.prompt_tokens': 10,
      'gen_ai.usage.completion_tokens': 5,
      'llm.usage.total_tokens': 115,
    },
    reads: { usage: { inputTokens: 10, outputTokens: 105, reasoningTokens: 100 } },
  },
  {
    family: 'openllmetry',
    attributes: {
      'traceloop.span.kind': 'workflow',
      'traceloop.workflow.name': 'support',
      'gen_ai.usage.input_tokens': 9,
    },
    reads: { role: 'step', workflowName: 'support' },
  },
  {
    family: 'openinference',
    attributes: {
      'openinference.span.kind': 'EMBEDDING',
      'embedding.model_name': 'text-embedding-3-small',
      'llm.token_count.prompt': 8,
    },
    reads: {
      role: 'call',
      operation: 'embeddings',
      responseModel: 'text-embedding-3-small',
      usage: { inputTokens: 8 },
    },
  },
  {
    family: 'openinference',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'azure',
      'llm.model_name': 'gpt-4o',
      'llm.token_count.prompt': 100,
      'llm.token_count.completion': 30,
      'llm.token_count.prompt_details.cache_read': 60,
      'llm.token_count.completion_details.reasoning': 10,
    },
    reads: {
      provider: 'azure.ai.openai',
      usage: { inputTokens: 100, cacheReadTokens: 60, outputTokens: 30, reasoningTokens: 10 },
      cachedInput: 'included',
    },
  },
  {
    family: 'openinference',
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'google',
      'llm.system': 'vertexai',
      'llm.model_name': 'gemini-2.5-pro',
      'llm.token_count.prompt': 100,
    },
    reads: { provider: 'gcp.vertex_ai' },
  },
  {
    family: 'vercel-ai-sdk',
    attributes: {
      'ai.operationId': 'ai.streamText.doStream',
      'ai.model.provider': 'openai.responses',
      'ai.model.id': 'gpt-4.1',
      'ai.usage.promptTokens': 100,
      'ai.usage.completionTokens': 9,
      'ai.response.msToFirstChunk': 250,
      'ai.response.providerMetadata': json({
        openai: { cachedPromptTokens: 64, reasoningTokens: 4, serviceTier: 'flex' },
      }),
    },
    reads: {
      role: 'call',
      operation: 'chat',
      provider: 'openai',
      streaming: true,
      timeToFirstChunkSeconds: 0.25,
      serviceTier: 'flex',
      usage: { inputTokens: 100, cacheReadTokens: 64, outputTokens: 9, reasoningTokens: 4 },
      cachedInput: 'included',
    },
  },
  {
    family: 'vercel-ai-sdk',
    attributes: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'anthropic.messages',
      'ai.model.id': 'claude-sonnet-4-5',
      'ai.usage.inputTokens': 10,
      'ai.usage.inputTokenDetails.noCacheTokens': 2,
      'ai.usage.inputTokenDetails.cacheReadTokens': 8,
      'ai.usage.outputTokens': 1,
    },
    reads: { usage: { inputTokens: 10, cacheReadTokens: 8, outputTokens: 1 }, cachedInput: 'included' },
  },
  {
    family: 'vercel-ai-sdk',
    attributes: { 'ai.operationId': 'ai.embedMany', 'ai.model.id': 'm', 'ai.usage.tokens': 10 },
    reads: { role: 'wrapper', operation: 'embeddings', usage: { inputTokens: 10 } },
  },
  {
    family: 'vercel-ai-sdk',
    attributes: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'amazon-bedrock',
      'ai.model.id': 'anthropic.claude-sonnet-4-5-20250929-v1:0',
      'ai.usage.inputTokens': 10,
      'ai.usage.outputTokens': 1,
      'ai.response.providerMetadata': json({
        bedrock: {
          usage: {
            cacheReadInputTokens: 800,
            cacheWriteInputTokens: 60,
            cacheDetails: [
              { ttl: '5m', inputTokens: 20 },
              { ttl: '1h', inputTokens: 40 },
            ],
          },
        },
      }),
    },
    reads: {
      provider: 'aws.bedrock',
      usage: {
        inputTokens: 870,
        cacheReadTokens: 800,
        cacheWriteTokens: 60,
        cacheWrite5mTokens: 20,
        cacheWrite1hTokens: 40,
        outputTokens: 1,
      },
      cachedInput: 'excluded',
    },
  },
  {
    family: 'vercel-ai-sdk',
    attributes: {
      'ai.operationId': 'ai.transcribe',
      'ai.model.provider': 'deepgram.transcription',
      'ai.model.id': 'nova-3',
      'ai.usage.seconds': 12.5,
    },
    reads: { role: 'call', operation: 'transcription', provider: 'deepgram', usage: { seconds: 12.5 } },
  },
  {
    family: 'vercel-ai-sdk',
    attributes: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'gateway',
      'ai.model.id': 'openai/gpt-4o',
      'ai.response.providerMetadata': json({ gateway: { cost: '0', marketCost: '0.0021' } }),
    },
    reads: { provider: 'vercel_ai_gateway', declaredCost: { amount: 0, currency: 'USD', byok: true } },
  },
  {
    family: 'vercel-ai-sdk',
    attributes: {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'openrouter.chat',
      'ai.model.id': 'openai/gpt-4o',
      'ai.response.providerMetadata': json({
        openrouter: { usage: { cost: 0.25, costDetails: { upstreamInferenceCost: 4 } } },
      }),
    },
    reads: { provider: 'openrouter', declaredCost: { amount: 4.25, currency: 'USD' } },
  },
  {
    family: 'langfuse',
    attributes: {
      'langfuse.observation.type': 'generation',
      'langfuse.observation.model.name': 'gpt-4o',
      'langfuse.observation.usage_details': json({
        input: 40,
        input_cached_tokens: 60,
        input_audio: 7,
        output: 5,
        output_reasoning_tokens: 3,
        total: 115,
      }),
    },
    reads: {
      role: 'call',
      responseModel: 'gpt-4o',
      usage: {
        inputTokens: 107,
        cacheReadTokens: 60,
        audioInputTokens: 7,
        outputTokens: 8,
        reasoningTokens: 3,
      },
      cachedInput: 'included',
    },
  },
  {
    family: 'langsmith',
    attributes: {
      'langsmith.span.kind': 'llm',
      'langsmith.metadata.ls_provider': 'anthropic',
      'langsmith.metadata.ls_model_name': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 500,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.usage.input_token_details': json({
        cache_read: 300,
        cache_creation: 100,
        ephemeral_1h_input_tokens: 100,
      }),
    },
    reads: {
      role: 'call',
      provider: 'anthropic',
      usage: {
        inputTokens: 500,
        cacheReadTokens: 300,
        cacheWriteTokens: 100,
        cacheWrite1hTokens: 100,
        outputTokens: 5,
      },
    },
  },
  {
    family: 'langsmith',
    attributes: {
      'langsmith.span.kind': 'llm',
      'gen_ai.system': 'langchain',
      'langsmith.metadata.ls_provider': 'google_genai',
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.input_tokens': 500,
      'gen_ai.usage.output_tokens': 50,
      'gen_ai.usage.input_token_details': "{'cache_read': 300, 'audio': None}",
      'gen_ai.usage.output_token_details': "{'reasoning': 20}",
    },
    reads: {
      provider: 'gcp.gemini',
      usage: { inputTokens: 500, cacheReadTokens: 300, outputTokens: 50, reasoningTokens: 20 },
    },
  },
  {
    family: 'logfire',
    attributes: {
      'logfire.msg': 'Message',
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.raw': json({
        input_tokens: 5,
        cache_read_input_tokens: 20,
        cache_creation_input_tokens: 0,
        output_tokens: 2,
        service_tier: 'standard',
        inference_geo: 'us',
        server_tool_use: { web_search_requests: 2, web_fetch_requests: 0 },
      }),
    },
    reads: {
      serviceTier: 'standard',
      inferenceGeo: 'us',
      tools: { web_search: 2 },
      usage: { inputTokens: 25, cacheReadTokens: 20, cacheWriteTokens: 0, outputTokens: 2 },
      cachedInput: 'excluded',
    },
  },
  {
    family: 'logfire',
    scope: 'pydantic-ai',
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'helper',
      'gen_ai.aggregated_usage.input_tokens': 50,
      'gen_ai.aggregated_usage.output_tokens': 2,
    },
    reads: { role: 'step', agentName: 'helper', usage: { inputTokens: 50, outputTokens: 2 } },
  },
  {
    family: 'logfire',
    scope: 'pydantic-ai',
    name: 'agent run',
    attributes: {
      model_name: 'gpt-4o',
      agent_name: 'helper',
      all_messages_events: '[]',
      'gen_ai.usage.input_tokens': 50,
    },
    reads: { role: 'step', agentName: 'helper', usage: { inputTokens: 50 } },
  },
  {
    family: 'sentry',
    attributes: {
      'sentry.op': 'gen_ai.chat',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.input_tokens.cached': 4,
      'gen_ai.usage.output_tokens': 9,
      'gen_ai.usage.output_tokens.reasoning': 3,
    },
    reads: {
      role: 'call',
      operation: 'chat',
      usage: { inputTokens: 10, cacheReadTokens: 4, outputTokens: 9, reasoningTokens: 3 },
    },
  },
  {
    family: 'openlit',
    scope: 'openlit.otel.tracing',
    attributes: {
      'gen_ai.operation.name': 'image',
      'gen_ai.request.model': 'dall-e-3',
      'gen_ai.request.image_size': '1024x1024',
      'gen_ai.usage.cost': 0.04,
    },
    reads: { role: 'call', provider: 'openai', image: { size: '1024x1024' } },
  },
  {
    family: 'openlit',
    scope: 'openlit.otel.tracing',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'oci_genai',
      'gen_ai.request.model': 'grok-4',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.prompt_tokens_details.cached_tokens': 60,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.completion_tokens_details.reasoning_tokens': 8,
    },
    reads: {
      provider: 'oci',
      usage: { inputTokens: 100, cacheReadTokens: 60, outputTokens: 20, reasoningTokens: 8 },
    },
  },
  {
    family: 'google-adk',
    scope: 'gcp.vertex.agent',
    name: 'call_llm',
    attributes: {
      'gen_ai.system': 'gcp.vertex.agent',
      'gen_ai.request.model': 'openai/gpt-4o',
      'gcp.vertex.agent.llm_response': '{}',
      'gen_ai.usage.input_tokens': 90,
      'gen_ai.usage.output_tokens': 10,
      'gen_ai.usage.experimental.reasoning_tokens': 30,
    },
    reads: {
      role: 'call',
      provider: 'openai',
      usage: { inputTokens: 90, outputTokens: 40, reasoningTokens: 30 },
    },
  },
  {
    family: 'google-adk',
    scope: 'gcp.vertex.agent',
    name: 'call_llm',
    attributes: {
      'gen_ai.system': 'gcp.vertex.agent',
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gcp.vertex.agent.llm_response': json({
        usage_metadata: {
          prompt_token_count: 90,
          candidates_token_count: 10,
          thoughts_token_count: 30,
          cached_content_token_count: 50,
          prompt_tokens_details: [
            { modality: 'TEXT', token_count: 70 },
            { modality: 'AUDIO', token_count: 20 },
          ],
        },
      }),
    },
    reads: {
      role: 'call',
      provider: 'gcp.gemini',
      usage: {
        inputTokens: 90,
        audioInputTokens: 20,
        cacheReadTokens: 50,
        outputTokens: 40,
        reasoningTokens: 30,
      },
    },
  },
  {
    family: 'strands',
    scope: 'strands.telemetry.tracer',
    attributes: {
      'gen_ai.system': 'strands-agents',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'us.anthropic.claude-sonnet-4-20250514-v1:0',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.output_tokens': 10,
      'gen_ai.usage.cache_read_input_tokens': 400,
      'gen_ai.usage.cache_write_input_tokens': 0,
    },
    reads: {
      provider: 'aws.bedrock',
      usage: { inputTokens: 1400, cacheReadTokens: 400, cacheWriteTokens: 0, outputTokens: 10 },
    },
  },
  {
    family: 'strands',
    scope: 'strands.telemetry.tracer',
    attributes: {
      'gen_ai.provider.name': 'strands-agents',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'us.anthropic.claude-sonnet-4-20250514-v1:0',
      'gen_ai.usage.input_tokens': 1400,
      'gen_ai.usage.output_tokens': 10,
      'gen_ai.usage.total_tokens': 1410,
      'gen_ai.usage.cache_read.input_tokens': 400,
    },
    reads: { usage: { inputTokens: 1400, cacheReadTokens: 400, outputTokens: 10 }, cachedInput: 'included' },
  },
  {
    family: 'semantic-kernel',
    scope: 'Experimental.Microsoft.Extensions.AI',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'openai',
      'gen_ai.response.input_tokens': 12,
      'gen_ai.response.output_tokens': 4,
    },
    reads: { role: 'call', usage: { inputTokens: 12, outputTokens: 4 } },
  },
  {
    family: 'semantic-kernel',
    scope: 'Microsoft.SemanticKernel.Diagnostics',
    attributes: {
      'gen_ai.operation.name': 'chat.completions',
      'gen_ai.system': 'openai',
      'gen_ai.response.prompt_tokens': 12,
      'gen_ai.response.completion_tokens': 4,
    },
    reads: { role: 'call', usage: { inputTokens: 12, outputTokens: 4 } },
  },
  {
    family: 'mirascope',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'google',
      'gen_ai.request.model': 'google/gemini-2.5-flash',
      'mirascope.response.usage': json({
        input_tokens: 91,
        output_tokens: 924,
        reasoning_tokens: 850,
        cache_read_tokens: 0,
      }),
    },
    reads: {
      provider: 'gcp.gemini',
      usage: { inputTokens: 91, cacheReadTokens: 0, outputTokens: 924, reasoningTokens: 850 },
    },
  },
  {
    family: 'mlflow',
    attributes: {
      'mlflow.spanType': '"CHAT_MODEL"',
      'mlflow.llm.model': '"gpt-4o"',
      'mlflow.chat.tokenUsage': json({ input_tokens: 11, output_tokens: 3, total_tokens: 14 }),
    },
    reads: {
      role: 'call',
      operation: 'chat',
      responseModel: 'gpt-4o',
      usage: { inputTokens: 11, outputTokens: 3 },
    },
  },
  {
    family: 'mlflow',
    attributes: {
      'mlflow.spanType': '"CHAT_MODEL"',
      'mlflow.llm.model': '"claude-sonnet-4-5"',
      'mlflow.chat.tokenUsage': json({
        input_tokens: 1000,
        output_tokens: 3,
        total_tokens: 1003,
        cache_read_input_tokens: 600,
        cache_creation_input_tokens: 100,
        cache_creation_input_tokens_above_1hr: 40,
      }),
    },
    reads: {
      usage: {
        inputTokens: 1000,
        cacheReadTokens: 600,
        cacheWriteTokens: 100,
        cacheWrite1hTokens: 40,
        outputTokens: 3,
      },
      cachedInput: 'included',
    },
  },
  {
    family: 'braintrust',
    attributes: {
      'braintrust.span_attributes': json({ type: 'llm' }),
      'braintrust.metadata': json({ model: 'gpt-4o', provider: 'openai' }),
      'braintrust.metrics': json({
        prompt_tokens: 100,
        completion_tokens: 7,
        tokens: 107,
        prompt_cached_tokens: 40,
        prompt_cache_creation_tokens: 20,
        prompt_cache_creation_1h_tokens: 20,
      }),
    },
    reads: {
      role: 'call',
      requestModel: 'gpt-4o',
      usage: {
        inputTokens: 100,
        cacheReadTokens: 40,
        cacheWriteTokens: 20,
        cacheWrite1hTokens: 20,
        outputTokens: 7,
      },
    },
  },
  {
    family: 'litellm',
    scope: 'litellm',
    name: 'litellm_request',
    attributes: {
      'llm.request.type': 'acompletion',
      'gen_ai.system': 'azure',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 50,
      'gen_ai.usage.cache_read.input_tokens': 30,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.cost.total_cost': 0.0021,
    },
    reads: {
      role: 'call',
      operation: 'chat',
      provider: 'azure.ai.openai',
      usage: { inputTokens: 50, cacheReadTokens: 30, outputTokens: 5 },
      cachedInput: 'included',
      declaredCost: { amount: 0.0021, currency: 'USD' },
    },
  },
  {
    family: 'litellm',
    scope: 'litellm',
    name: 'chat gpt-4o',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      'litellm.cache_hit': true,
    },
    reads: { role: 'call', declaredCost: { amount: 0, currency: 'USD' } },
  },
  {
    family: 'litellm',
    scope: 'litellm',
    name: 'raw_gen_ai_request',
    attributes: {
      'llm.openai.model': 'gpt-4o',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 5,
    },
    reads: { role: 'step' },
  },
  {
    family: 'openrouter',
    scope: 'openrouter',
    attributes: {
      'gen_ai.request.model': 'anthropic/claude-sonnet-4.5',
      'gen_ai.usage.input_tokens': 5,
      'gen_ai.usage.total_cost': 0.0123,
    },
    reads: { role: 'call', provider: 'openrouter', declaredCost: { amount: 0.0123, currency: 'USD' } },
  },
]

describe('dialects', () => {
  test.each(calls)('$family: reads %#', ({ family, reads, ...fixture }) => {
    const span = read(fixture)
    expect(span?.dialects).toContain(family)
    expect(span).toMatchObject(reads)
    if (reads.usage !== undefined) expect(span?.usage).toEqual(reads.usage)
  })

  test('each has a call here', () => {
    expect([...new Set(calls.map(({ family }) => family))].toSorted()).toEqual(
      dialects.map(({ name }) => name).toSorted(),
    )
  })
})

describe('who bills, where the span names no provider', () => {
  test.each([
    ['anthropic.claude-3-5-sonnet-20241022-v2:0', 'aws.bedrock'],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'aws.bedrock'],
    ['nova-lite-v1:0', 'aws.bedrock'],
    ['bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'aws.bedrock'],
    ['arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0', 'aws.bedrock'],
    ['openai/gpt-4o', 'openai'],
    ['anthropic:claude-sonnet-4-5', 'anthropic'],
    ['google-gla:gemini-2.5-pro', 'gcp.gemini'],
    ['projects/p/locations/us-central1/publishers/google/models/gemini-2.5-pro', 'gcp.vertex_ai'],
    ['models/gemini-2.5-pro', 'gcp.gemini'],
    ['ft:gpt-4o-mini-2024-07-18:acme::id', 'openai'],
    ['llama3:8b', undefined],
    ['my-deployment', undefined],
  ])('%s is of %s', (model, provider) => {
    expect(read({ attributes: { 'gen_ai.request.model': model } })?.provider).toBe(provider)
  })
})

describe('what is billed', () => {
  const usage = { 'gen_ai.usage.input_tokens': 5 }
  test.each([
    ['chat', {}, 'call'],
    ['text_completions', {}, 'call'],
    ['realtime', usage, 'call'],
    ['ai.transcribe', {}, 'call'],
    ['invoke_agent', usage, 'step'],
    ['invoke_swarm', usage, 'step'],
    ['execute_event_loop_cycle', usage, 'step'],
    ['agent_step', usage, 'step'],
    ['invoke_workflow', usage, 'step'],
    ['execute_tool', usage, 'step'],
    ['fetch_response', usage, 'step'],
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
    const spans: (Fixture & { id: string })[] = existsSync(recordings)
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
