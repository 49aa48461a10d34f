/** About four characters a token: near enough to real tokenizers for English text, and the same on every run. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / 4)
}

/** What a model that may write up to `limit` tokens does write. */
export function outputTokens(limit: number | undefined): number {
  return Math.ceil((limit ?? 300) * 0.6)
}

/** Prompt prefixes seen before: providers bill them at the cached rate. */
export class PromptCache {
  readonly #seen = new Set<string>()

  /** True when the prefix was there already; remembers it either way. */
  hit(prefix: string): boolean {
    if (this.#seen.has(prefix)) return true
    this.#seen.add(prefix)
    return false
  }
}

export function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (Array.isArray(content)) return content.map(textOf).join('')
  if (content !== null && typeof content === 'object') {
    return textOf(
      (content as { text?: unknown; content?: unknown }).text ??
        (content as { content?: unknown }).content ??
        '',
    )
  }
  return ''
}
