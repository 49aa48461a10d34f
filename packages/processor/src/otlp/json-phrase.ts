/** A piece of JSON that nearly every encoder prints alike: 4, 8, ... bytes. */
export type Phrase = readonly number[]

export function phrase(text: string): Phrase {
  const bytes = Buffer.from(text)
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readInt32LE(index * 4))
}

/** Whether it stands there, where there are at least as many bytes: four are compared at a time. */
export function isAt(view: DataView, position: number, phrase: Phrase): boolean {
  for (let index = 0; index < phrase.length; index++)
    if (view.getInt32(position + index * 4, true) !== phrase[index]) return false
  return true
}
