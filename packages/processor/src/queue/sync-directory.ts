import { open } from 'node:fs/promises'

/** Makes the names of files that were just created survive a power cut; without its name, a file's content is lost. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } catch {
    // Not every file system supports this for directories.
  } finally {
    await directory.close()
  }
}
