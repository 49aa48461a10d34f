/** A piece of JSON, of 4, 8, ... bytes, that nearly every encoder prints in the same way, as 32-bit words. */
export type Phrase = readonly number[]

export function phrase(text: string): Phrase {
  const bytes = Buffer.from(text)
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readInt32LE(index * 4))
}

/** Whether a phrase is at a position, after which there must be at least as many bytes. */
export function isAt(view: DataView, position: number, phrase: Phrase): boolean {
  for (let index = 0; index < phrase.length; index++)
    if (view.getInt32(position + index * 4, true) !== phrase[index]) return false
  return true
}
