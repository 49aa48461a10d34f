/** The length of a text that is billed by the character: one outside of Unicode's basic plane counts once. */
export function countCharacters(text: unknown): number | undefined {
  return typeof text === 'string' ? [...text].length : undefined
}
