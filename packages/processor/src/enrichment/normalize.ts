import { readConversationId } from '../dialects/index.ts'
import { STANDARD_COUNTS } from '../dialects/readers/normalized-usage.ts'
import type { GenAiSpan } from '../dialects/types.ts'
import type { AttributeValue, SpanView } from '../otlp/types.ts'
import { ATTR_NORMALIZED } from '../semconv.ts'

/** An attribute under its standard name, for a span that has it under another name. */
export type StandardAttribute = readonly [name: string, value: string | number]

/** The latest published version of the conventions, which has these names. */
const VERSION = '1.41'

/**
 * The standard attributes that a span lacks, and those whose value differs from what the standard asks for, such as input
 * tokens of an emitter that leaves cached ones out. With them a note that they were written, for the next processor.
 */
export function standardAttributes(span: SpanView, genAi: GenAiSpan): StandardAttribute[] {
  const { usage } = genAi
  const facts: (readonly [string, string | number | undefined])[] = [
    ['gen_ai.operation.name', genAi.operation],
    ['gen_ai.provider.name', genAi.provider],
    ['gen_ai.request.model', genAi.requestModel],
    ['gen_ai.response.model', genAi.responseModel],
    ['gen_ai.conversation.id', readConversationId(span, genAi)],
    ['gen_ai.agent.name', genAi.agentName],
    ...STANDARD_COUNTS.map(([part, name]) => [name, usage[part]] as const),
  ]
  const lacking = facts.filter((fact): fact is StandardAttribute => {
    const [name, value] = fact
    if (value === undefined) return false
    const stated = span.attribute(name)
    return stated === undefined || (typeof value === 'number' && !isSameCount(stated, value))
  })
  return lacking.length === 0 ? lacking : [...lacking, [ATTR_NORMALIZED, VERSION]]
}

/** False for a count that is written as text, too: sums over the standard name need numbers. */
function isSameCount(stated: AttributeValue, value: number): boolean {
  return typeof stated === 'number' && stated === value
}
