import { totalmem } from 'node:os'

/** Bytes of memory that this process may use: the limit of its control group (version 1 or 2), or else the machine's memory. */
export function memoryLimit(
  constrained: number = process.constrainedMemory(),
  machine: number = totalmem(),
): number {
  // 0, or a number near 2^64, is no limit.
  return constrained > 0 ? Math.min(constrained, machine) : machine
}
