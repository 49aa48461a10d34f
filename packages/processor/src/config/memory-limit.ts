import { readFileSync } from 'node:fs'
import { totalmem } from 'node:os'

const CGROUP_FILES = ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes']

/** Bytes of memory that this process may use: the container's limit, else the machine's memory. */
export function memoryLimit(files: readonly string[] = CGROUP_FILES): number {
  const machine = totalmem()
  for (const file of files) {
    try {
      const limit = Number(readFileSync(file, 'utf8').trim())
      if (limit > 0 && limit < machine) return limit
    } catch {
      // Not under this kind of cgroup.
    }
  }
  return machine
}
