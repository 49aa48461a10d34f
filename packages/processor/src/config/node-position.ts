import { type Document, isAlias, isCollection, isMap, isScalar, type Node } from 'yaml'

type Path = readonly (string | number)[]

/** The node at a path, through aliases. Of what a merge brought in there is none. */
export function nodeAt(document: Document, path: Path): Node | undefined {
  const node = nodesAlong(document, path)[path.length]
  return isAlias(node) ? node.resolve(document) : node
}

/** Where the value at a path stands, or what is nearest above it. */
export function offsetAt(document: Document, path: Path): number {
  return nodesAlong(document, path).at(-1)?.range?.[0] ?? 0
}

/** Where a key of the map at a path stands. */
export function keyOffset(document: Document, path: Path, name: string): number | undefined {
  const map = nodeAt(document, path)
  const key = isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === name)?.key : undefined
  return isScalar(key) ? key.range?.[0] : undefined
}

/** The document's root, and as many nodes below it as there are along the path. */
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
