/** Eight hex digits of either case as a 32-bit integer, little-endian, as their four bytes are read from protobuf. */
export function hexWord(bytes: Buffer, start: number): number {
  let word = 0
  for (let index = start; index < start + 8; index++) {
    const byte = bytes[index]! | 0x20
    word = (word << 4) | (byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : (byte - 0x30) & 0x0f)
  }
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)
}
