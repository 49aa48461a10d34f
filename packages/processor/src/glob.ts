/**
 * Matches text against a glob in which `*` stands for any characters and `?` for one. It only backtracks to the last `*`, so that
 * it never takes more steps than the product of both lengths.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  let patternAt = 0
  let textAt = 0
  let star = -1
  let starText = 0
  while (textAt < text.length) {
    if (pattern[patternAt] === '*') {
      star = patternAt++
      starText = textAt
    } else if (
      patternAt < pattern.length &&
      (pattern[patternAt] === '?' || pattern[patternAt] === text[textAt])
    ) {
      patternAt++
      textAt++
    } else if (star !== -1) {
      patternAt = star + 1
      textAt = ++starText
    } else {
      return false
    }
  }
  while (pattern[patternAt] === '*') patternAt++
  return patternAt === pattern.length
}
