/** Attributes that come together again and again: only their numbers differ, so all the rest is encoded once. */
export interface AttributeBlock {
  /** A text, or `undefined` for a double that is filled in. */
  readonly attributes: readonly (readonly [name: string, text: string | undefined])[]
}

/** The block with its doubles filled in, one attribute after the other: for writers that have nothing to encode. */
export function eachAttribute(
  block: AttributeBlock,
  doubles: ArrayLike<number>,
  visit: (name: string, value: string | number) => void,
): void {
  let next = 0
  for (const [name, text] of block.attributes) visit(name, text ?? doubles[next++]!)
}
