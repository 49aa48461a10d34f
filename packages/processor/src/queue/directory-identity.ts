import { stat } from 'node:fs/promises'

/** Tells a directory from another one in its place. */
export interface DirectoryIdentity {
  /** Whether what is at the path now is still the same. */
  isThere(): Promise<boolean>
}

export async function identifyDirectory(path: string): Promise<DirectoryIdentity> {
  const { dev, ino } = await stat(path)
  return {
    async isThere() {
      const found = await stat(path).catch(() => undefined)
      return found?.dev === dev && found.ino === ino
    },
  }
}
