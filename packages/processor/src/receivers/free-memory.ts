/**
 * Gives the memory of a chunk back at once. Only for one that is nobody else's: its buffer is of no use afterwards.
 *
 * Left to V8, each 64 MB of chunks that nobody looks at any more bring on a search of the whole heap, which takes
 * longer than all else that is done to a body of 1 MB.
 */
export function freeMemory(chunk: Buffer): void {
  const { buffer, byteLength } = chunk
  // A small one may be part of the pool that all buffers share.
  const isOwn = byteLength === buffer.byteLength || buffer.byteLength > Buffer.poolSize
  if (isOwn && buffer instanceof ArrayBuffer) buffer.transfer(0)
}

/** Bytes read that V8 alone can free, after which it is asked to look for them among its young objects. */
const COLLECT_AFTER_BYTES = 8 * 2 ** 20
let unreachableBytes = 0

/**
 * The same for chunks that share their memory, so that it can't be given back one by one. Does nothing in a program
 * that was not started with `--expose-gc`, as ours is.
 */
export function noteUnreachable(bytes: number): void {
  unreachableBytes += bytes
  if (unreachableBytes < COLLECT_AFTER_BYTES) return
  unreachableBytes = 0
  globalThis.gc?.({ type: 'minor' })
}
