import type { Usage } from './types.ts'

type Counting = 'inclusive' | 'exclusive'

/** What an emitter reports, before anyone knows whether its totals include their parts. */
export interface ReportedUsage {
  usage: Usage
  /** As stated by the user or the span itself: the strongest evidence. */
  stated?: Counting
  /** As most versions of the emitter count: weaker evidence than the numbers. */
  emitter?: Counting
  /** Total of all tokens, where the emitter states one. */
  totalTokens?: number
}

/** What decided whether input tokens include cached ones. */
export type AlgebraRule =
  | 'nothing-cached'
  | 'stated'
  | 'cache-exceeds-input'
  | 'totals'
  | 'emitter'
  | 'convention'

export interface InclusiveUsage {
  /** Totals include their parts. */
  usage: Usage
  /** How the emitter counted. */
  reported: Counting
  decidedBy: AlgebraRule
}

/**
 * Makes input tokens include cache reads and writes, and output tokens include reasoning. Evidence, the strongest
 * first: what is stated, more cached tokens than input, a total that has room for them beside the input, how the emitter
 * usually counts; otherwise the conventions, which include them. The rule that decided is returned, so that a wrong bill
 * can be traced to it.
 *
 * @example
 * inclusiveUsage({ usage: { inputTokens: 10, cacheReadTokens: 900, outputTokens: 5 } })
 * // { usage: { inputTokens: 910, ... }, reported: 'exclusive', decidedBy: 'cache-exceeds-input' }
 */
export function inclusiveUsage(reported: ReportedUsage): InclusiveUsage {
  const usage = withReasoning(reported)
  const cached = (usage.cacheReadTokens ?? 0) + cacheWrites(usage)
  if (cached === 0 || usage.inputTokens === undefined)
    return { usage, reported: 'inclusive', decidedBy: 'nothing-cached' }
  const [counting, decidedBy] = decide({ ...reported, usage }, cached)
  return {
    usage: counting === 'inclusive' ? usage : { ...usage, inputTokens: usage.inputTokens + cached },
    reported: counting,
    decidedBy,
  }
}

function decide(
  { usage, stated, totalTokens, emitter }: ReportedUsage,
  cached: number,
): [Counting, AlgebraRule] {
  if (stated !== undefined) return [stated, 'stated']
  const { inputTokens = 0, outputTokens = 0, cacheReadTokens = 0 } = usage
  if (cached > inputTokens) return ['exclusive', 'cache-exceeds-input']
  const beside = totalTokens === undefined ? undefined : totalTokens - inputTokens - outputTokens
  if (beside === cached || (beside === cacheReadTokens && beside > 0)) return ['exclusive', 'totals']
  // A total without the cached tokens proves less: emitters may add it up from exclusive parts.
  if (emitter !== undefined) return [emitter, 'emitter']
  return ['inclusive', beside === 0 ? 'totals' : 'convention']
}

/** Gemini and xAI don't include reasoning in the output: shown by more reasoning than output, or by the total. */
function withReasoning({ usage, totalTokens }: ReportedUsage): Usage {
  const { reasoningTokens = 0, outputTokens, inputTokens } = usage
  if (reasoningTokens === 0 || outputTokens === undefined) return usage
  const beside =
    reasoningTokens > outputTokens ||
    (totalTokens !== undefined &&
      inputTokens !== undefined &&
      totalTokens === inputTokens + outputTokens + reasoningTokens)
  return beside ? { ...usage, outputTokens: outputTokens + reasoningTokens } : usage
}

function cacheWrites(usage: Usage): number {
  const { cacheWriteTokens, cacheWrite5mTokens = 0, cacheWrite1hTokens = 0, cacheWrite12hTokens = 0 } = usage
  return cacheWriteTokens ?? cacheWrite5mTokens + cacheWrite1hTokens + cacheWrite12hTokens
}
