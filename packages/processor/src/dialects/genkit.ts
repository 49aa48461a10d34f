import { readRawUsage } from './readers/raw-usage.ts'
import { asObject, asText, known, object, text } from './readers/values.ts'
import type { Dialect, DialectReading } from './types.ts'

/**
 * Genkit: spans of actions. Actions of models are calls; they are named by provider and model (`googleai/gemini-2.5-flash`),
 * and their output contains the usage. Google's plugins leave thoughts out of the output tokens. Anthropic's plugin leaves
 * cached tokens out of the input and states them in `usage.custom`, for Go among the counts. The output also contains the
 * provider's whole response, as `raw` or, by older plugins, as `custom`: there is OpenAI's usage, and what the first
 * plugins of Google and Anthropic leave out.
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
