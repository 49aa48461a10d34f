import type { SpanView } from '../otlp/types.ts'
import { readRawUsage } from './readers/raw-usage.ts'
import { asObject, asText, type JsonObject, known, object, text } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

/** Components that call models: `OpenAIChatGenerator`, `AzureOpenAIResponsesChatGenerator`, `CohereTextEmbedder`. */
const modelComponent = /^(.+?)(Responses)?(Chat)?(Generator|TextEmbedder|DocumentEmbedder)$/

/**
 * Bedrock's components copy the provider's counts, in which the input leaves out cached tokens, under OpenAI's names.
 * Anthropic's did so before version 6.
 */
const copiesInput = /^AmazonBedrock/

/**
 * Haystack: spans of components. The output of those that call models contains the provider's usage; it is there only if
 * tracing of content is switched on.
 * https://docs.haystack.deepset.ai/docs/tracing
 */
export const haystack: Dialect = {
  name: 'haystack',

  attributes: ['haystack.'],

  read(span): DialectReading {
    const type = text(span, 'haystack.component.type') ?? ''
    const [, maker, , , kind] = modelComponent.exec(type) ?? []
    const output = object(span, 'haystack.agent.step.llm.output') ?? componentOutput(span, maker)
    if (output === undefined) return { role: 'step' }
    const meta = metaOf(output)
    const { cachedInput, ...read } = readRawUsage(asObject(meta?.usage))
    return known<DialectReading>({
      role: 'call',
      operation: kind?.endsWith('Embedder') === true ? 'embeddings' : 'chat',
      provider: maker,
      responseModel: asText(meta?.model),
      ...read,
      cachedInput: copiesInput.test(type) ? 'excluded' : cachedInput,
    })
  },
}

function componentOutput(span: SpanView, maker: string | undefined): JsonObject | undefined {
  return maker === undefined ? undefined : object(span, 'haystack.component.output')
}

/** Each chat reply has its own, with the usage of all replies; for texts and embeddings it stands beside the result. */
function metaOf(output: JsonObject): JsonObject | undefined {
  const [reply] = Array.isArray(output.replies) ? output.replies : []
  const [first] = Array.isArray(output.meta) ? output.meta : [output.meta]
  return asObject(asObject(reply)?.meta) ?? asObject(first)
}
