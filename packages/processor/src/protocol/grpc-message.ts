/** Before each message: one byte that says whether it is compressed, and four bytes of length (big endian). */
export const GRPC_PREFIX_BYTES = 5

export function grpcPrefix(length: number, compressed: boolean): Buffer {
  const prefix = Buffer.allocUnsafe(GRPC_PREFIX_BYTES)
  prefix.writeUInt8(compressed ? 1 : 0, 0)
  prefix.writeUInt32BE(length, 1)
  return prefix
}

export function frameMessage(message: Buffer): Buffer {
  return Buffer.concat([grpcPrefix(message.byteLength, false), message])
}
