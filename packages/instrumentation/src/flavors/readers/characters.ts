/** How long a text is that is billed by the character: what stands outside of the basic plane counts once. */
export function countCharacters(text: unknown): number | undefined {
  return typeof text === 'string' ? [...text].length : undefined
}
