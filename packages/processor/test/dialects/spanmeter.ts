import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    attributes: {
      'gen_ai.request.model': 'gpt-6.1-sol',
      'gen_ai.usage.input_tokens': 40,
      'gen_ai.usage.cache_write.input_tokens': 30,
      'spanmeter.usage.cache_write_12h.input_tokens': 20,
    },
    reads: { provider: 'openai', usage: { inputTokens: 40, cacheWriteTokens: 30, cacheWrite12hTokens: 20 } },
  },
  {
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
    // An agent that the provider hosts: nothing else tells of the models that it calls.
    scope: '@spanmeter/instrumentation',
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.provider.name': 'mistral_ai',
      'gen_ai.response.model': 'mistral-medium-latest',
      'gen_ai.agent.id': 'ag_1',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 20,
    },
    reads: { role: 'call', usage: { inputTokens: 100, outputTokens: 20 } },
  },
  {
    scope: '@spanmeter/instrumentation',
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.agent.id': 'asst_1',
    },
    reads: { role: 'step' },
  },
  {
    // Cohere bills less than the model reads and writes, whose instructions it has cached.
    attributes: {
      'gen_ai.request.model': 'command-a-03-2025',
      'gen_ai.usage.input_tokens': 1500,
      'gen_ai.usage.cache_read.input_tokens': 1400,
      'gen_ai.usage.output_tokens': 90,
      'gen_ai.usage.reasoning.output_tokens': 40,
      'spanmeter.usage.billed.input_tokens': 30,
      'spanmeter.usage.billed.output_tokens': 80,
    },
    reads: { usage: { inputTokens: 30, outputTokens: 80, reasoningTokens: 40 } },
  },
  {
    // What making the conversation shorter took is billed beside the totals.
    attributes: {
      'gen_ai.request.model': 'claude-opus-4-6',
      'gen_ai.usage.input_tokens': 682,
      'gen_ai.usage.cache_read.input_tokens': 0,
      'gen_ai.usage.output_tokens': 1320,
      'spanmeter.usage.compaction.input_tokens': 60385,
      'spanmeter.usage.compaction.cache_read.input_tokens': 5000,
      'spanmeter.usage.compaction.output_tokens': 592,
    },
    reads: { usage: { inputTokens: 61067, cacheReadTokens: 5000, outputTokens: 1912 } },
  },
  {
    // An advisor's usage is billed beside the totals, that of the models behind Groq's Compound is in them.
    attributes: {
      'gen_ai.request.model': 'claude-sonnet-5',
      'gen_ai.usage.input_tokens': 2400,
      'gen_ai.usage.output_tokens': 120,
      'spanmeter.usage.further_models': JSON.stringify([
        {
          model: 'claude-opus-4-8',
          input_tokens: 2500,
          'cache_read.input_tokens': 1000,
          'cache_write.input_tokens': 300,
          'cache_write_5m.input_tokens': 200,
          'cache_write_1h.input_tokens': 100,
          output_tokens: 22,
        },
        { model: 'a', included: true, input_tokens: 7, output_tokens: 9, 'reasoning.output_tokens': 4 },
        { output_tokens: 5, 'image.output_tokens': 5 },
        'b',
      ]),
    },
    reads: {
      usage: { inputTokens: 2400, outputTokens: 120 },
      furtherUsage: [
        {
          model: 'claude-opus-4-8',
          usage: {
            inputTokens: 2500,
            cacheReadTokens: 1000,
            cacheWriteTokens: 300,
            cacheWrite5mTokens: 200,
            cacheWrite1hTokens: 100,
            outputTokens: 22,
          },
        },
        { model: 'a', included: true, usage: { inputTokens: 7, outputTokens: 9, reasoningTokens: 4 } },
        { model: '', usage: { outputTokens: 5, imageOutputTokens: 5 } },
        { model: '', usage: {} },
      ],
    },
  },
  ...['[{"model":"claude-opus-4-8","input_tok', '{}', 'none', 7].map(
    (list): DialectCall => ({
      // What can't be read is a model that nobody knows, so that the call isn't billed without it.
      attributes: { 'gen_ai.request.model': 'claude-sonnet-5', 'spanmeter.usage.further_models': list },
      reads: { furtherUsage: [{ model: '', usage: {} }] },
    }),
  ),
  {
    // A span of OpenTelemetry's for Bedrock, completed: its owner leaves out what is cached, and what a stream said last.
    scope: '@opentelemetry/instrumentation-aws-sdk',
    attributes: {
      'gen_ai.system': 'aws.bedrock',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      'gen_ai.usage.input_tokens': 29_103,
      'gen_ai.usage.output_tokens': 1,
      'gen_ai.usage.cache_read.input_tokens': 6741,
      'gen_ai.usage.cache_creation.input_tokens': 15_114,
      'spanmeter.usage.input_tokens': 50_958,
      'spanmeter.usage.output_tokens': 7036,
      'spanmeter.request.attempts': 1,
    },
    reads: {
      usage: {
        inputTokens: 50_958,
        cacheReadTokens: 6741,
        cacheWriteTokens: 15_114,
        outputTokens: 7036,
      },
      cachedInput: 'included',
    },
  },
]
