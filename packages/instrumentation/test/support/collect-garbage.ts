import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Buffers are freed beside a collection and counted until then; the next one waits for that. */
export function collectGarbage(): void {
  collect()
  collect()
}
