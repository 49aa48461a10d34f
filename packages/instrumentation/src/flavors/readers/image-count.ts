import { RecordScanner } from '../../wire/record-scanner.ts'
import type { ResponseSum } from '../types.ts'

/**
 * Counts the images of an answer as it passes, since it is longer than what is held: the objects with one of these
 * members, in an array of the outermost object.
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
