import type { Usage } from '@spanmeter/pricing'

/** Completes a usage that leaves something out by what the stated total tells. */
export function completedByTotal(
  usage: Usage,
  totalTokens: number,
  model: string | undefined,
  operation: string | undefined,
): Usage {
  if (mayLackThoughts(usage, model)) return usage
  return withOtherSide(withThoughts(usage, totalTokens, model), totalTokens, hasInputAlone(operation, model))
}

/** If only the output is stated, the rest of the total may be thoughts as well as input. */
function mayLackThoughts({ inputTokens, outputTokens, reasoningTokens }: Usage, model?: string): boolean {
  const isOutputAlone = inputTokens === undefined && outputTokens !== undefined
  return isOutputAlone && reasoningTokens !== 0 && leavesOutThoughts(model)
}

/** Gemini and xAI's chat completions count thoughts, which are billed as output, in the total alone. */
function leavesOutThoughts(model = ''): boolean {
  return /gemini|grok/.test(model)
}

/**
 * For emitters that copy the output and the total.
 * https://ai.google.dev/api/generate-content#UsageMetadata, https://docs.x.ai/docs/guides/reasoning
 */
function withThoughts(usage: Usage, totalTokens: number, model: string | undefined): Usage {
  const { inputTokens, outputTokens, reasoningTokens, cacheReadTokens } = usage
  if (inputTokens === undefined || outputTokens === undefined || reasoningTokens !== undefined) return usage
  const beside = totalTokens - inputTokens - outputTokens
  if (beside <= 0 || beside === cacheReadTokens || !leavesOutThoughts(model)) return usage
  return { ...usage, outputTokens: outputTokens + beside, reasoningTokens: beside }
}

/**
 * If only input or only output is stated, the other one is the rest of the total; embedding and reranking have no output.
 * Not if there are cached tokens, as the rest may be these.
 */
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

/** Whether a call has no output: by the operation, or, if that isn't known, by the model. */
function hasInputAlone(operation: string | undefined, model = ''): boolean {
  return operation === undefined ? /embed|rerank/i.test(model) : inputOperations.has(operation)
}

const inputOperations = new Set(['embeddings', 'embedding', 'embed', 'rerank'])
