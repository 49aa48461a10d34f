import type { DialectCall } from './types.ts'

export const calls: readonly DialectCall[] = [
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
]
