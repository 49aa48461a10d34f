import { readRawUsage } from './readers/raw-usage.ts'
import { asObject, asText, known, object, text } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

/**
 * Genkit: actions, of which models are calls; their name is provider and model (`googleai/gemini-2.5-flash`), and the
 * usage stands in their output. Google's plugins leave thoughts out of the output tokens; Anthropic's leaves cached ones
 * out of the input, and has them in what it keeps of the provider's own usage, for Go among the counts. That of OpenAI is
 * in the provider's answer, which is kept whole, by older plugins as `custom`: what Google's first plugins and Anthropic's
 * leave out is there, too.
 * https://genkit.dev/docs/observability/overview/
 */
export const genkit: Dialect = {
  name: 'genkit',

  attributes: ['genkit:type', 'genkit:metadata:subtype'],

  read(span): DialectReading {
    const kind = text(span, 'genkit:metadata:subtype')
    if (kind !== 'model' && kind !== 'embedder' && kind !== 'reranker') return { role: 'step' }
    const output = object(span, 'genkit:output')
    const usage = asObject(output?.usage)
    const answer = asObject(output?.raw) ?? asObject(output?.custom)
    const answered = asObject(answer?.usage) ?? asObject(answer?.usageMetadata)
    const raw = readRawUsage({ ...answered, ...asObject(usage?.custom), ...usage })
    const [provider, model] = partsOf(text(span, 'genkit:name') ?? '')
    return known<DialectReading>({
      role: 'call',
      operation: kind === 'model' ? 'chat' : kind === 'embedder' ? 'embeddings' : 'rerank',
      provider,
      requestModel: model,
      responseModel: asText(answer?.model) ?? asText(answer?.modelVersion),
      ...raw,
      cachedInput: raw.cachedInput ?? (model?.includes('claude') ? 'excluded' : 'included'),
    })
  },
}

function partsOf(name: string): [provider: string | undefined, model: string | undefined] {
  const slash = name.indexOf('/')
  return slash === -1 ? [undefined, name || undefined] : [name.slice(0, slash), name.slice(slash + 1)]
}
