import { type Document, isScalar, parseDocument, type Scalar, visit } from 'yaml'

/** `${env:NAME}` and `${env:NAME:-default}`, as in the Collector; `$$` is a dollar sign. */
const REFERENCE = /\$\$|\$\{(?:env:)?([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g

interface Expanded {
  readonly problems: readonly { readonly offset: number; readonly message: string }[]
  /** The texts of values that were taken for a number or a boolean. */
  readonly texts: ReadonlyMap<unknown, string>
}

/** Replaces references in place by what they stand for, in which no further references are looked for. */
export function expandEnvironment(
  document: Document,
  environment: Readonly<Record<string, string | undefined>>,
): Expanded {
  const problems: { offset: number; message: string }[] = []
  const texts = new Map<unknown, string>()
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value !== 'string' || !node.value.includes('$')) return
      const isWhole = node.value.replace(REFERENCE, '') === ''
      const text = node.value.replace(REFERENCE, (reference, name?: string, fallback?: string) => {
        if (name === undefined) return reference === '$$' ? '$' : reference
        const value = environment[name] ?? fallback
        if (value === undefined) {
          problems.push({ offset: node.range?.[0] ?? 0, message: `environment variable ${name} is not set` })
        }
        return value ?? ''
      })
      node.value = text
      if (!isWhole || node.type !== 'PLAIN') return
      // A value that is nothing but a reference may stand for a number or a boolean.
      node.value = scalarOf(text)
      if (node.value !== text) texts.set(node, text)
    },
  })
  return { problems, texts }
}

/**
 * Turns values back into texts that the schema wants as texts: a key or a password may consist of digits. Returns whether there
 * were any.
 */
export function preferText(texts: ReadonlyMap<unknown, string>, nodes: readonly unknown[]): boolean {
  const mistaken = nodes.filter((node): node is Scalar => isScalar(node) && texts.has(node))
  for (const node of mistaken) node.value = texts.get(node)
  return mistaken.length > 0
}

function scalarOf(text: string): unknown {
  const { contents } = parseDocument(text)
  return isScalar(contents) && ['number', 'boolean'].includes(typeof contents.value) ? contents.value : text
}
