import { stat } from 'node:fs/promises'

/** Recognizes a file or directory, as opposed to another one with the same path. */
export interface FileIdentity {
  /** Whether it is still what the path leads to. */
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
