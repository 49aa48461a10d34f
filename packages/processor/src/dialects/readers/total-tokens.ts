import type { Usage } from '@spanmeter/pricing'

/** What the stated total tells of a usage that leaves something out. */
export function completedByTotal(
  usage: Usage,
  totalTokens: number,
  model: string | undefined,
  operation: string | undefined,
): Usage {
  if (mayLackThoughts(usage, model)) return usage
  return withOtherSide(withThoughts(usage, totalTokens, model), totalTokens, hasInputAlone(operation, model))
}

/** Gemini's thoughts may stand beside the output: then what the total has more than that is not the input alone. */
function mayLackThoughts({ inputTokens, outputTokens, reasoningTokens }: Usage, model?: string): boolean {
  const isOutputAlone = inputTokens === undefined && outputTokens !== undefined
  return isOutputAlone && reasoningTokens !== 0 && model?.includes('gemini') === true
}

/**
 * Gemini's total has thoughts in it, which it bills as output; emitters that copy its candidates alone leave them out.
 * https://ai.google.dev/api/generate-content#UsageMetadata
 */
function withThoughts(usage: Usage, totalTokens: number, model: string | undefined): Usage {
  const { inputTokens, outputTokens, reasoningTokens, cacheReadTokens } = usage
  if (inputTokens === undefined || outputTokens === undefined || reasoningTokens !== undefined) return usage
  const beside = totalTokens - inputTokens - outputTokens
  if (beside <= 0 || beside === cacheReadTokens || model?.includes('gemini') !== true) return usage
  return { ...usage, outputTokens: outputTokens + beside, reasoningTokens: beside }
}

/** Of two sides one is the rest; embedding and reranking have no output. With cached tokens a rest may be theirs. */
function withOtherSide(usage: Usage, totalTokens: number, isInputAlone: boolean): Usage {
  const { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = usage
  if (cacheReadTokens + cacheWriteTokens > 0) return usage
  if (inputTokens === undefined) {
    if (outputTokens === undefined && !isInputAlone) return usage
    const rest = totalTokens - (outputTokens ?? 0)
    return rest < 0 ? usage : { ...usage, inputTokens: rest }
  }
  const rest = totalTokens - inputTokens
  return outputTokens === undefined && rest > 0 && !isInputAlone ? { ...usage, outputTokens: rest } : usage
}

/** By the operation; where none is named, by the model. */
function hasInputAlone(operation: string | undefined, model = ''): boolean {
  return operation === undefined ? /embed|rerank/i.test(model) : inputOperations.has(operation)
}

const inputOperations = new Set(['embeddings', 'embedding', 'embed', 'rerank'])
