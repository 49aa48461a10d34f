import { asCount, asObject, objectsIn, sumOf } from '../../wire/json.ts'
import type { GenAiUsage } from '../types.ts'
import { anyKnown } from './known.ts'

/**
 * Gemini's `usageMetadata`. What tools read (`toolUsePromptTokenCount`) isn't included in the prompt, nor thoughts
 * (`thoughtsTokenCount`) in the candidates; cached tokens are included in the prompt.
 */
export function readGoogleUsage(value: unknown): GenAiUsage | undefined {
  const usage = asObject(value)
  if (usage === undefined) return undefined
  const thoughts = asCount(usage.thoughtsTokenCount)
  const input = sumOf(asCount(usage.promptTokenCount), asCount(usage.toolUsePromptTokenCount))
  const counted = asCount(usage.candidatesTokenCount)
  const output = counted ?? asCount(usage.responseTokenCount)
  // Some versions count thoughts among the candidates: then prompt and candidates make up the total. A live session
  // never counts them so.
  const isWhole = counted !== undefined && sumOf(input, output) === asCount(usage.totalTokenCount)
  const prompt = [...objectsIn(usage.promptTokensDetails), ...objectsIn(usage.toolUsePromptTokensDetails)]
  const candidates = objectsIn(usage.candidatesTokensDetails ?? usage.responseTokensDetails)
  const cached = objectsIn(usage.cacheTokensDetails)
  return anyKnown<GenAiUsage>({
    inputTokens: input,
    cacheReadTokens: asCount(usage.cachedContentTokenCount),
    outputTokens: isWhole ? output : sumOf(output, thoughts),
    reasoningTokens: thoughts,
    textInputTokens: tokensOf('TEXT', prompt),
    textCacheReadTokens: tokensOf('TEXT', cached),
    textOutputTokens: tokensOf('TEXT', candidates),
    audioInputTokens: tokensOf('AUDIO', prompt),
    audioCacheReadTokens: tokensOf('AUDIO', cached),
    audioOutputTokens: tokensOf('AUDIO', candidates),
    imageInputTokens: imageTokensOf(prompt),
    imageCacheReadTokens: imageTokensOf(cached),
    imageOutputTokens: tokensOf('IMAGE', candidates),
    videoInputTokens: tokensOf('VIDEO', prompt),
    videoOutputTokens: tokensOf('VIDEO', candidates),
  })
}

/** The tokens in `[{"modality":"AUDIO","tokenCount":25}]`; the interactions API calls the count `tokens`. */
export function tokensOf(modality: string, details: readonly Record<string, unknown>[]): number | undefined {
  return sumOf(
    ...details
      .filter((detail) => String(detail.modality).toUpperCase() === modality)
      .map((detail) => asCount(detail.tokenCount) ?? asCount(detail.tokens)),
  )
}

/** Pages of documents count as images: where they are cached, they are listed as images. */
export function imageTokensOf(details: readonly Record<string, unknown>[]): number | undefined {
  return sumOf(tokensOf('IMAGE', details), tokensOf('DOCUMENT', details))
}
