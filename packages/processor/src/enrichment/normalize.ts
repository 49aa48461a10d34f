import type { GenAiSpan } from '../dialects/types.ts'
import type { AttributeValue, SpanView } from '../otlp/types.ts'

/** An attribute under its standard name, for a span that says the same in another dialect. */
export type StandardAttribute = readonly [name: string, value: string | number]

/**
 * The standard attributes that a span lacks, and those that have another value than the standard means: input tokens
 * of an emitter that leaves cached ones out. Names are those of the last published conventions (1.41).
 */
export function standardAttributes(span: SpanView, genAi: GenAiSpan): StandardAttribute[] {
  const { usage } = genAi
  const facts: (readonly [string, string | number | undefined])[] = [
    ['gen_ai.operation.name', genAi.operation],
    ['gen_ai.provider.name', genAi.provider],
    ['gen_ai.request.model', genAi.requestModel],
    ['gen_ai.response.model', genAi.responseModel],
    ['gen_ai.conversation.id', genAi.conversationId],
    ['gen_ai.agent.name', genAi.agentName],
    ['gen_ai.usage.input_tokens', usage.inputTokens],
    ['gen_ai.usage.output_tokens', usage.outputTokens],
    ['gen_ai.usage.cache_read.input_tokens', usage.cacheReadTokens],
    ['gen_ai.usage.cache_creation.input_tokens', usage.cacheWriteTokens],
    ['gen_ai.usage.reasoning.output_tokens', usage.reasoningTokens],
  ]
  return facts.filter((fact): fact is StandardAttribute => {
    const [name, value] = fact
    if (value === undefined) return false
    const stated = span.attribute(name)
    return stated === undefined || (typeof value === 'number' && !isSameCount(stated, value))
  })
}

/** Also false for a count that is written as text: sums over the standard name need numbers. */
function isSameCount(stated: AttributeValue, value: number): boolean {
  return typeof stated === 'number' && stated === value
}
