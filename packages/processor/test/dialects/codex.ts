import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
  {
    scope: 'codex_cli_rs',
    name: 'session_task.turn',
    attributes: {
      'thread.id': 'thread-1',
      'turn.id': 'turn-1',
      model: 'gpt-5',
      'codex.turn.reasoning_effort': 'medium',
      'codex.turn.token_usage.input_tokens': 900,
      'codex.turn.token_usage.cached_input_tokens': 700,
      'codex.turn.token_usage.non_cached_input_tokens': 200,
      'codex.turn.token_usage.output_tokens': 60,
      'codex.turn.token_usage.reasoning_output_tokens': 40,
      'codex.turn.token_usage.total_tokens': 960,
    },
    reads: {
      role: 'call',
      operation: 'chat',
      provider: 'openai',
      requestModel: 'gpt-5',
      conversationId: 'thread-1',
      usage: { inputTokens: 900, cacheReadTokens: 700, outputTokens: 60, reasoningTokens: 40 },
      cachedInput: 'included',
    },
  },
  {
    scope: 'codex_exec',
    name: 'session_task.turn',
    attributes: { model: 'gpt-5', 'codex.turn.reasoning_effort': 'medium' },
    reads: { role: 'step' },
  },
  // The turn has this usage.
  {
    scope: 'codex_cli_rs',
    name: 'completed',
    attributes: {
      'gen_ai.usage.input_tokens': 450,
      'gen_ai.usage.cache_read.input_tokens': 350,
      'gen_ai.usage.output_tokens': 30,
      'codex.usage.reasoning_output_tokens': 20,
      'codex.usage.total_tokens': 480,
    },
    reads: { role: 'step' },
  },
]
