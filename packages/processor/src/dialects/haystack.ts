import type { SpanView } from '../otlp/types.ts'
import { readRawUsage } from './readers/raw-usage.ts'
import { asObject, asText, type JsonObject, known, object, text } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

/** `OpenAIChatGenerator`, `AzureOpenAIResponsesChatGenerator`, `CohereTextEmbedder`. */
const modelComponent = /^(.+?)(Responses)?(Chat)?(Generator|TextEmbedder|DocumentEmbedder)$/

/** Its integration copies what the provider counts, cached tokens beside the input, under OpenAI's names; so did Anthropic's before 6. */
const copiesInput = /^AmazonBedrock/

/**
 * Haystack: runs of components. Those of models have what the provider said of the call in their output, which is traced
 * where content is.
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

/** A chat's replies have each their own, a text's and an embedding's stands beside; every reply repeats the usage of all. */
function metaOf(output: JsonObject): JsonObject | undefined {
  const [reply] = Array.isArray(output.replies) ? output.replies : []
  const [first] = Array.isArray(output.meta) ? output.meta : [output.meta]
  return asObject(asObject(reply)?.meta) ?? asObject(first)
}
