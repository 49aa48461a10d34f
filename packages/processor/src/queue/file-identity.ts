import { stat } from 'node:fs/promises'

/** Tells a file or directory from another one in its place. */
export interface FileIdentity {
  /** Whether what is at the path now is still the same. */
  isThere(): Promise<boolean>
}

export async function identify(path: string): Promise<FileIdentity> {
  const { dev, ino } = await stat(path)
  return {
    async isThere() {
      const found = await stat(path).catch(() => undefined)
      return found?.dev === dev && found.ino === ino
    },
  }
}
