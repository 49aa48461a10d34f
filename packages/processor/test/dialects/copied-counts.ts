import type { DialectCall } from './types.ts'

const counts = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.usage.input_tokens': 1000,
  'gen_ai.usage.output_tokens': 20,
  'gen_ai.usage.cache_read.input_tokens': 300,
  'gen_ai.usage.cache_creation.input_tokens': 50,
}
const besides = {
  role: 'call',
  usage: { inputTokens: 1350, cacheReadTokens: 300, cacheWriteTokens: 50, outputTokens: 20 },
  cachedInput: 'excluded',
} as const
const within = {
  ...besides,
  usage: { ...besides.usage, inputTokens: 1000 },
  cachedInput: 'included',
} as const
const ofClaude = { 'gen_ai.provider.name': 'anthropic', 'gen_ai.request.model': 'claude-sonnet-4-5' }

export const calls: readonly DialectCall[] = [
  {
    // The total also has what a search added to the prompt, so that it doesn't show where the thoughts are.
    scope: '@traceloop/instrumentation-google-generativeai',
    attributes: {
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.provider.name': 'gcp.gen_ai',
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.input_tokens': 400,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.reasoning_tokens': 10,
      'gen_ai.usage.total_tokens': 437,
    },
    reads: { usage: { inputTokens: 400, outputTokens: 30, reasoningTokens: 10 } },
  },
  // A stream, whose counts the first versions add up.
  ...[
    { function: 'generate_content', usage: { inputTokens: 1000, outputTokens: 20 } },
    { function: 'generate_content_stream', usage: {} },
  ].map((call) => ({
    scope: 'opentelemetry.instrumentation.google_genai',
    attributes: {
      'code.function.name': `google.genai.Models.${call.function}`,
      'gen_ai.system': 'gemini',
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.output_tokens': 20,
    },
    reads: { role: 'call' as const, usage: call.usage },
  })),
  {
    scope: 'opentelemetry.instrumentation.botocore.bedrock-runtime',
    attributes: {
      'gen_ai.system': 'aws.bedrock',
      'gen_ai.request.model': 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      ...counts,
    },
    reads: besides,
  },
  {
    // Completed by ours: it has no attributes for cached tokens.
    scope: '@opentelemetry/instrumentation-aws-sdk',
    attributes: {
      'gen_ai.system': 'aws.bedrock',
      'gen_ai.request.model': 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      ...counts,
    },
    reads: besides,
  },
  {
    scope: 'opentelemetry.instrumentation.genai.bedrock',
    attributes: {
      'gen_ai.provider.name': 'aws.bedrock',
      'gen_ai.request.model': 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      ...counts,
    },
    reads: besides,
  },
  ...['@traceloop/instrumentation-anthropic', 'opentelemetry.instrumentation.llamaindex'].map((scope) => ({
    scope,
    attributes: { ...ofClaude, ...counts, 'gen_ai.usage.total_tokens': 1020 },
    reads: besides,
  })),
  // AgentScope, which has names of its own for what is cached.
  ...(['anthropic', 'openai'] as const).map((provider) => ({
    scope: 'agentscope',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': provider,
      'gen_ai.request.model': provider === 'openai' ? 'gpt-4.1' : 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.output_tokens': 20,
      'agentscope.usage.cache_input_tokens': 300,
      'agentscope.usage.cache_creation_input_tokens': 50,
    },
    reads: provider === 'openai' ? within : besides,
  })),
  {
    scope: 'agent_framework',
    attributes: {
      'gen_ai.provider.name': 'azure.ai.foundry',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      ...counts,
    },
    reads: besides,
  },
  {
    scope: 'github.com/grafana/sigil/sdks/js',
    attributes: { ...ofClaude, ...counts, 'gen_ai.operation.name': 'generateText' },
    reads: besides,
  },
  // What Grafana's count as the conventions do, and say so, or have from a framework that does.
  ...[{ 'gen_ai.token.semantics': 'inclusive' }, { 'sigil.framework.run_id': 'run_1' }].map((telling) => ({
    scope: 'github.com/grafana/sigil/sdks/python',
    attributes: { ...ofClaude, ...counts, ...telling },
    reads: within,
  })),
  ...['anthropic', 'aws.bedrock', 'gcp.vertex_ai', 'azure'].map((provider) => ({
    scope: 'agentgateway',
    attributes: { 'gen_ai.provider.name': provider, 'gen_ai.request.model': 'claude-sonnet-4-5', ...counts },
    reads: besides,
  })),
  ...['1.4.1', '0.11.0', 'unknown'].map((version) => ({
    resource: { 'service.version': version },
    scope: 'agentgateway',
    attributes: { ...ofClaude, ...counts },
    reads: besides,
  })),
  {
    scope: 'agentgateway',
    name: 'POST /*',
    attributes: {
      ...ofClaude,
      'gen_ai.operation.name': 'chat',
      'http.path': '/v1/messages/count_tokens?beta=true',
    },
    reads: { role: 'step', usage: {} },
  },
  ...['1.5.0', 'v1.10.2', '2.0.0-rc.1'].map((version) => ({
    resource: { 'service.version': version },
    scope: 'agentgateway',
    attributes: { ...ofClaude, ...counts },
    reads: within,
  })),
  {
    scope: 'agent_framework',
    attributes: { 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-4.1', ...counts },
    reads: within,
  },
  {
    // What Google counts has thoughts beside the output.
    scope: 'agent_framework',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'gcp.gemini',
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.reasoning.output_tokens': 15,
    },
    reads: { usage: { inputTokens: 100, outputTokens: 35, reasoningTokens: 15 } },
  },
  {
    scope: 'org.springframework.boot',
    name: 'chat claude-sonnet-4-5',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'anthropic',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': '800',
      'gen_ai.usage.cache_read.input_tokens': '600',
      'gen_ai.usage.cache_creation.input_tokens': '50',
      'gen_ai.usage.output_tokens': '20',
      'gen_ai.usage.total_tokens': '820',
    },
    reads: {
      role: 'call',
      usage: { inputTokens: 1450, cacheReadTokens: 600, cacheWriteTokens: 50, outputTokens: 20 },
      cachedInput: 'excluded',
    },
  },
  {
    scope: 'opentelemetry.instrumentation.google_genai',
    attributes: {
      'gen_ai.operation.name': 'interactions.create',
      'gen_ai.provider.name': 'gemini',
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.input_tokens': 9,
      'gen_ai.usage.output_tokens': 779,
      'gen_ai.usage.reasoning.output_tokens': 700,
    },
    reads: {
      role: 'call',
      provider: 'gcp.gemini',
      usage: { inputTokens: 9, outputTokens: 1479, reasoningTokens: 700 },
    },
  },
  {
    scope: 'agent_framework',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'gcp.gemini',
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 35,
      'gen_ai.usage.reasoning_tokens': 15,
    },
    reads: { usage: { inputTokens: 100, outputTokens: 35, reasoningTokens: 15 } },
  },
  // Envoy's gateway copies what Anthropic's API counts, which it also speaks, and adds up what it translates.
  ...(['end_turn', 'stop'] as const).map((reason) => ({
    scope: 'envoyproxy/ai-gateway',
    attributes: {
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.response.finish_reasons': [reason],
      ...counts,
    },
    reads: reason === 'stop' ? within : besides,
  })),
  // Portkey's gateway adds up what Bedrock counts.
  ...(['anthropic', 'aws.bedrock'] as const).map((provider) => ({
    scope: 'opentelemetry.instrumentation.genai.portkey',
    attributes: {
      'gen_ai.provider.name': provider,
      'gen_ai.request.model': 'claude-sonnet-4-5',
      ...counts,
    },
    reads: provider === 'anthropic' ? besides : within,
  })),
  // For .NET, Google's SDK for Vertex AI copies what it counts; others count as the conventions do.
  ...(
    [
      ['vertex-ai', 35],
      ['google-genai', 20],
    ] as const
  ).map(([provider, output]) => ({
    scope: 'Experimental.Microsoft.Extensions.AI',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': provider,
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.cache_read.input_tokens': 60,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.reasoning.output_tokens': 15,
    },
    reads: {
      usage: { inputTokens: 100, cacheReadTokens: 60, outputTokens: output, reasoningTokens: 15 },
    },
  })),
  {
    scope: 'Experimental.Microsoft.Extensions.AI',
    attributes: { ...ofClaude, ...counts },
    reads: within,
  },
  // Rig: an agent's call, too, which names no provider; since it adds up what Anthropic counts; and another Rust program.
  ...(
    [
      [{ target: 'rig::completions', ...ofClaude }, besides],
      [{ target: 'rig::agent_chat', 'gen_ai.response.model': 'claude-sonnet-4-5-20250929' }, besides],
      [{ target: 'rig::completions', 'rig.provider_request_id': 'req_1', ...ofClaude }, within],
      [{ target: 'my_app::llm', ...ofClaude }, within],
    ] as const
  ).map(([telling, reads]) => ({ scope: 'my-app', attributes: { ...counts, ...telling }, reads })),
  {
    scope: 'my-app',
    name: 'chat_streaming',
    attributes: { target: 'rig::completions', 'gen_ai.operation.name': 'chat_streaming', ...ofClaude },
    reads: { role: 'call' },
  },
  // Paid, of Anthropic's SDK and of a framework.
  {
    scope: 'paid.node',
    name: 'paid.trace.trace.anthropic.messages',
    attributes: {
      'gen_ai.system': 'anthropic',
      'gen_ai.operation.name': 'messages',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 5000,
      'gen_ai.usage.output_tokens': 100,
      'gen_ai.usage.cache_read_input_tokens': 1000,
      'gen_ai.usage.cache_creation_input_tokens': 200,
    },
    reads: {
      role: 'call',
      usage: { inputTokens: 6200, cacheReadTokens: 1000, cacheWriteTokens: 200, outputTokens: 100 },
      cachedInput: 'excluded',
    },
  },
  {
    scope: 'paid.node',
    name: 'paid.trace.trace.ai-sdk.generateText',
    attributes: {
      'gen_ai.system': 'anthropic',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 5000,
      'gen_ai.usage.output_tokens': 100,
      'gen_ai.usage.cached_input_tokens': 1000,
    },
    reads: {
      usage: { inputTokens: 5000, cacheReadTokens: 1000, outputTokens: 100 },
      cachedInput: 'included',
    },
  },
  {
    scope: 'paid.node',
    name: 'paid.trace.trace.mistral.ocr',
    attributes: {
      'gen_ai.system': 'mistral',
      'gen_ai.operation.name': 'ocr',
      'gen_ai.request.model': 'mistral-ocr-latest',
      'gen_ai.ocr.pages_processed': 7,
    },
    reads: { role: 'call', provider: 'mistral_ai', usage: { pages: 7 } },
  },
]
