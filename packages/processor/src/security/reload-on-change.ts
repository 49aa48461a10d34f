import { unwatchFile, watchFile } from 'node:fs'

/**
 * Reloads when one of the files has changed. They are polled at an interval (0: never), which works on every file system, and
 * with the symbolic links by which Kubernetes replaces mounted secrets. `onWrong` is called with the error if a reload fails.
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
