import { unwatchFile, watchFile } from 'node:fs'

/**
 * Calls back when one of the files has changed, looked at every so often: it works on every file system, and through the
 * links by which Kubernetes replaces mounted secrets.
 */
export function watchFiles(
  paths: readonly string[],
  intervalMs: number,
  onChange: () => void,
): { close(): void } {
  for (const path of paths) watchFile(path, { interval: intervalMs, persistent: false }, onChange)
  return {
    close() {
      for (const path of paths) unwatchFile(path, onChange)
    },
  }
}
