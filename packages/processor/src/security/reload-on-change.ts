import { unwatchFile, watchFile } from 'node:fs'

/**
 * Reads anew, and takes over, once one of the files has changed, looked at every so often (0: never): it works on every
 * file system, and through the links by which Kubernetes replaces mounted secrets. `onWrong` is told of files that can't
 * be taken over; what was in use then stays in use.
 */
export function reloadOnChange(
  paths: readonly string[],
  intervalMs: number,
  prepareReload: () => () => void,
  onWrong: (error: unknown) => void,
): { close(): void } {
  const onChange = (): void => {
    try {
      prepareReload()()
    } catch (error) {
      onWrong(error)
    }
  }
  const watched = intervalMs > 0 ? paths : []
  for (const path of watched) watchFile(path, { interval: intervalMs, persistent: false }, onChange)
  return {
    close() {
      for (const path of watched) unwatchFile(path, onChange)
    },
  }
}
