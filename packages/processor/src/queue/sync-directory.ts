import { open } from 'node:fs/promises'

/** Makes the names of files that were just created survive a power cut; their content alone would not be found again. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } catch {
    // Not every file system has this for directories.
  } finally {
    await directory.close()
  }
}
