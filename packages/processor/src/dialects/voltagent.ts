import type { SpanView } from '../otlp/types.ts'
import { inUsd } from './readers/declared-cost.ts'
import { count, flag, known, knownUsage, number, text } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

const SCOPE = '@voltagent/'

/**
 * VoltAgent: a span for each run of an agent, with the sum of its steps, and beneath it a span of the AI SDK with the usage of
 * the last step only. So the agent's span is billed. Sub-agents are beneath the tools of their agent, and not in its sum.
 * Spans of calls through OpenRouter also state what that charged.
 * https://voltagent.dev/observability-docs/developer-guide/
 */
export const voltAgent: Dialect = {
  name: 'voltagent',

  attributes: ['llm.operation', 'llm.model_id', 'llm.model_index', 'tool.call.id'],
  scopes: [SCOPE],

  read(span): DialectReading {
    if (!isVoltAgents(span)) return {}
    if (text(span, 'span.type') === 'tool') return { role: 'step', operation: 'execute_tool' }
    const asks = text(span, 'llm.operation') !== undefined
    const usage = asks ? undefined : readSum(span)
    return known<DialectReading>({
      role: usage === undefined ? 'step' : 'call',
      operation: asks || usage !== undefined ? 'chat' : undefined,
      provider: text(span, 'llm.provider'),
      requestModel: text(span, 'llm.model', 'ai.model.name'),
      agentName: asks ? undefined : text(span, 'entity.name'),
      streaming: flag(span, 'llm.stream'),
      usage,
      totalTokens: asks ? undefined : count(span, 'usage.total_tokens'),
      cachedInput: 'included',
      declaredCost: usage === undefined ? undefined : readDeclaredCost(span),
    })
  },
}

/** `tool.call.id` is written by other emitters, too. */
function isVoltAgents(span: SpanView): boolean {
  return span.scopeName.startsWith(SCOPE) || text(span, 'llm.operation') !== undefined
}

function readSum(span: SpanView): DialectReading['usage'] {
  return knownUsage({
    inputTokens: count(span, 'usage.prompt_tokens'),
    cacheReadTokens: count(span, 'usage.cached_tokens'),
    outputTokens: count(span, 'usage.completion_tokens'),
    reasoningTokens: count(span, 'usage.reasoning_tokens'),
  })
}

/** With the customer's own key, OpenRouter charges a fee, and the provider bills the rest. */
function readDeclaredCost(span: SpanView): DialectReading['declaredCost'] {
  const charged = number(span, 'usage.cost')
  if (charged === undefined) return undefined
  const upstream = flag(span, 'usage.is_byok')
    ? (number(span, 'usage.cost_details.upstream_inference_cost') ?? 0)
    : 0
  return inUsd(charged + upstream)
}
