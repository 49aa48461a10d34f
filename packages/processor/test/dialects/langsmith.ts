import type { DialectCall } from './types.ts'

const json = JSON.stringify

const message = {
  kwargs: {
    usage_metadata: {
      input_tokens: 1000,
      output_tokens: 20,
      total_tokens: 1020,
      input_token_details: { cache_read: 900 },
      output_token_details: { reasoning: 5 },
    },
  },
}

/** Of Claude, as LangChain for JavaScript serializes it. */
const claudes = {
  kwargs: {
    usage_metadata: {
      input_tokens: 60_556,
      output_tokens: 9881,
      input_token_details: { cache_creation: 9606, cache_read: 11_010 },
    },
    response_metadata: {
      usage: {
        input_tokens: 39_940,
        cache_creation_input_tokens: 9606,
        cache_creation: { ephemeral_5m_input_tokens: 5213, ephemeral_1h_input_tokens: 4393 },
      },
    },
  },
}

/** As LangChain for JavaScript counted before it added up what Anthropic counts. */
const claudesBeside = {
  kwargs: {
    usage_metadata: {
      input_tokens: 57_359,
      output_tokens: 6154,
      total_tokens: 63_513,
      input_token_details: { cache_creation: 6062, cache_read: 8291 },
    },
    response_metadata: {
      usage: { input_tokens: 57_359, cache_creation_input_tokens: 6062, cache_read_input_tokens: 8291 },
    },
  },
}

/** Of a stream: the counts at its beginning and at its end are the same, and were added up. */
const claudesStreamed = {
  kwargs: {
    usage_metadata: {
      input_tokens: 3272,
      output_tokens: 16_913,
      total_tokens: 20_185,
      input_token_details: { cache_creation: 8212, cache_read: 1970 },
    },
    response_metadata: { usage: { cache_creation_input_tokens: 4106, cache_read_input_tokens: 985 } },
  },
}

export const calls: readonly DialectCall[] = [
  {
    attributes: {
      'langsmith.span.kind': 'llm',
      'gen_ai.system': 'anthropic',
      'gen_ai.completion': json({ generations: [[{ message: claudesBeside }]] }),
    },
    reads: {
      usage: { inputTokens: 71_712, cacheReadTokens: 8291, cacheWriteTokens: 6062, outputTokens: 6154 },
      cachedInput: 'excluded',
    },
  },
  {
    attributes: {
      'langsmith.span.kind': 'llm',
      'gen_ai.system': 'anthropic',
      'gen_ai.completion': json({ generations: [[{ message: claudesStreamed }]] }),
    },
    reads: {
      usage: { inputTokens: 8363, cacheReadTokens: 985, cacheWriteTokens: 4106, outputTokens: 16_913 },
      cachedInput: 'excluded',
    },
  },
  {
    // A model that completes text, by LangChain.
    attributes: {
      'langsmith.span.kind': 'llm',
      'langsmith.metadata.ls_provider': 'openai',
      'gen_ai.request.model': 'gpt-3.5-turbo-instruct',
      'gen_ai.completion': JSON.stringify({
        generations: [[{ text: 'Hi', type: 'Generation' }]],
        llm_output: { token_usage: { prompt_tokens: 6764, completion_tokens: 1369, total_tokens: 8133 } },
      }),
    },
    reads: { role: 'call', usage: { inputTokens: 6764, outputTokens: 1369 } },
  },
  {
    attributes: {
      'langsmith.span.kind': 'llm',
      'gen_ai.system': 'anthropic',
      'gen_ai.usage.input_tokens': 60_556,
      'gen_ai.usage.output_tokens': 9881,
      'gen_ai.completion': json({ generations: [[{ message: claudes }]] }),
    },
    reads: {
      usage: {
        inputTokens: 60_556,
        cacheReadTokens: 11_010,
        cacheWriteTokens: 9606,
        cacheWrite5mTokens: 5213,
        cacheWrite1hTokens: 4393,
        outputTokens: 9881,
      },
    },
  },
  // What LangChain puts out has the details by itself.
  ...[{ generations: [[{ message }]] }, { generations: [{ message }] }, { output: message }].map(
    (output) => ({
      attributes: {
        'langsmith.span.kind': 'llm',
        'gen_ai.operation.name': 'chat',
        'gen_ai.system': 'openai',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.usage.input_tokens': 1000,
        'gen_ai.usage.output_tokens': 20,
        'gen_ai.usage.total_tokens': 1020,
        'gen_ai.completion': json(output),
      },
      reads: {
        role: 'call' as const,
        usage: { inputTokens: 1000, cacheReadTokens: 900, outputTokens: 20, reasoningTokens: 5 },
      },
    }),
  ),
  {
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
    attributes: {
      'langsmith.span.kind': 'llm',
      'langsmith.metadata.ls_provider': 'openai',
      'langsmith.metadata.ls_model_name': 'gpt-4o',
      'langsmith.usage_metadata': json({
        input_tokens: 200,
        output_tokens: 30,
        total_tokens: 230,
        input_token_details: { cache_read: 80 },
        output_token_details: { reasoning: 10 },
      }),
    },
    reads: {
      role: 'call',
      provider: 'openai',
      requestModel: 'gpt-4o',
      usage: { inputTokens: 200, cacheReadTokens: 80, outputTokens: 30, reasoningTokens: 10 },
      cachedInput: 'included',
    },
  },
  {
    // What is written for five minutes or an hour is left out of what is written.
    attributes: {
      'langsmith.span.kind': 'llm',
      'langsmith.metadata.ls_model_name': 'claude-sonnet-4-5',
      'gen_ai.usage.input_tokens': 500,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.usage.input_token_details': json({
        cache_creation: 0,
        ephemeral_5m_input_tokens: 100,
        ephemeral_1hr_input_tokens: 50,
      }),
    },
    reads: {
      usage: {
        inputTokens: 500,
        cacheWriteTokens: 150,
        cacheWrite5mTokens: 100,
        cacheWrite1hTokens: 50,
        outputTokens: 5,
      },
    },
  },
]
