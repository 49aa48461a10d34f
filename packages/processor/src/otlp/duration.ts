/** From start to end in seconds; 0 if the span lacks one of them, or a clock ran backwards. */
export function secondsBetween(startUnixNano: bigint, endUnixNano: bigint): number {
  return startUnixNano === 0n || endUnixNano < startUnixNano ? 0 : Number(endUnixNano - startUnixNano) / 1e9
}
