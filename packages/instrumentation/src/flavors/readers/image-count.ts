import { RecordScanner } from '../../wire/record-scanner.ts'
import type { ResponseSum } from '../types.ts'

/**
 * Counts the images of an answer while it passes, which is longer than what is held of one: the objects, in an array of the
 * outermost, that have one of these members.
 */
export function countImages(names: readonly string[]): ResponseSum {
  let images = 0
  const scanner = new RecordScanner({ depth: 3, names }, () => {
    images++
  })
  return {
    write: (chunk) => scanner.write(chunk),
    read: () => (images === 0 ? {} : { usage: { images } }),
  }
}
