/** Attributes that are often written together with only their numbers changed, so that everything else is encoded once. */
export interface AttributeBlock {
  /** Each with a text, or `undefined` for a double that is filled in. */
  readonly attributes: readonly (readonly [name: string, text: string | undefined])[]
}

/** Visits the attributes of a block with its doubles filled in: for writers that don't encode. */
export function eachAttribute(
  block: AttributeBlock,
  doubles: ArrayLike<number>,
  visit: (name: string, value: string | number) => void,
): void {
  let next = 0
  for (const [name, text] of block.attributes) visit(name, text ?? doubles[next++]!)
}
