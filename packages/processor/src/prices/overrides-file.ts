import { readFileSync } from 'node:fs'
import { loadPriceBook, OverridesError, type OverridesInput, type PriceBook } from '@spanmeter/pricing'
import { isNode, LineCounter, parseDocument } from 'yaml'

/** The overrides file has mistakes; the message lists each with its line. */
class OverridesFileError extends Error {
  override readonly name = 'OverridesFileError'
}

/** The price book, with the user's overrides file (YAML or JSON) applied to it. @throws OverridesFileError */
export function readPriceBook(path: string | undefined): PriceBook {
  if (path === undefined) return loadPriceBook()
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines, prettyErrors: false })
  const at = (offset: number): string => `${path}:${lines.linePos(offset).line}`
  if (document.errors.length > 0) {
    throw new OverridesFileError(
      document.errors.map(({ pos, message }) => `${at(pos[0])}: ${message}`).join('\n'),
    )
  }
  try {
    return loadPriceBook({ overrides: (document.toJS() ?? {}) as OverridesInput })
  } catch (error) {
    if (!(error instanceof OverridesError)) throw error
    const problems = error.problems
      .map(({ path: keys, message }) => {
        const offset = offsetOf(keys, (prefix) => document.getIn(prefix, true))
        return { offset, text: `${at(offset)}: ${keys.join('.')}: ${message}` }
      })
      .sort((a, b) => a.offset - b.offset)
      .map(({ text }) => text)
    throw new OverridesFileError(problems.join('\n'), { cause: error })
  }
}

/** The offset of a value, or, if it is missing, of what it is missing from. */
function offsetOf(
  keys: readonly (string | number)[],
  nodeAt: (prefix: readonly (string | number)[]) => unknown,
): number {
  for (let length = keys.length; length > 0; length -= 1) {
    const node = nodeAt(keys.slice(0, length))
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}
