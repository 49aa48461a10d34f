import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface ControlGroup {
  /** A command that runs another inside of the group. */
  readonly enter: readonly string[]
  remove(): void
}

/** A control group with a memory limit, of whichever version the machine has; `undefined` without the right to make one. */
export function createControlGroup(name: string, memoryBytes: number): ControlGroup | undefined {
  const root = '/sys/fs/cgroup'
  const isVersion1 = existsSync(join(root, 'memory/memory.limit_in_bytes'))
  const directory = join(root, isVersion1 ? 'memory' : '', `${name}-${process.pid}`)
  try {
    if (!isVersion1 && !readFileSync(join(root, 'cgroup.subtree_control'), 'utf8').includes('memory'))
      return undefined
    mkdirSync(directory)
    writeFileSync(join(directory, isVersion1 ? 'memory.limit_in_bytes' : 'memory.max'), String(memoryBytes))
  } catch {
    return undefined
  }
  const script = `echo $$ > ${join(directory, 'cgroup.procs')} && exec "$@"`
  return { enter: ['sh', '-c', script, 'sh'], remove: () => rmdirSync(directory) }
}
