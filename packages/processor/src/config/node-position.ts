import { type Document, isAlias, isCollection, isMap, isScalar, type Node } from 'yaml'

type Path = readonly (string | number)[]

/** The node at a path, through aliases. There is none for what a merge (`<<`) has brought in. */
export function nodeAt(document: Document, path: Path): Node | undefined {
  const node = nodesAlong(document, path)[path.length]
  return isAlias(node) ? node.resolve(document) : node
}

/** The offset of the value at a path, or of the nearest node above it. */
export function offsetAt(document: Document, path: Path): number {
  return nodesAlong(document, path).at(-1)?.range?.[0] ?? 0
}

/** The offset of a key in the map at a path. */
export function keyOffset(document: Document, path: Path, name: string): number | undefined {
  const map = nodeAt(document, path)
  const key = isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === name)?.key : undefined
  return isScalar(key) ? key.range?.[0] : undefined
}

/** The document's root and the nodes below it along the path, as far as there are any. */
function nodesAlong(document: Document, path: Path): Node[] {
  const nodes: Node[] = document.contents === null ? [] : [document.contents]
  for (const part of path) {
    const last = nodes.at(-1)
    const node = isAlias(last) ? last.resolve(document) : last
    const next = isCollection(node) ? (node.get(part, true) as Node | undefined) : undefined
    if (next === undefined) break
    nodes.push(next)
  }
  return nodes
}
