/**
 * Frees the memory of a chunk at once. Nobody else may be using the chunk: its buffer can't be used afterwards.
 *
 * If it were left to V8, every 64 MB of unused chunks would cause a garbage collection of the whole heap, which takes longer
 * than everything else that is done to a body of 1 MB.
 */
export function freeMemory(chunk: Buffer): void {
  const { buffer } = chunk
  if (isOwnMemory(chunk) && buffer instanceof ArrayBuffer) buffer.transfer(0)
}

/** Whether a chunk has memory of its own: a small one may be part of the pool that all buffers share. */
export function isOwnMemory({ buffer, byteLength }: Buffer): boolean {
  return byteLength === buffer.byteLength || buffer.byteLength > Buffer.poolSize
}
