import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'

const PROBE_BYTES = 64 * 2 ** 10

/** Writes a small file to the disk itself, and removes it. @throws the error of the file system. */
export async function probeWrite(directory: string): Promise<void> {
  const path = join(directory, 'probe')
  const file = await open(path, 'w', 0o600)
  try {
    await file.write(Buffer.alloc(PROBE_BYTES))
    await file.datasync()
  } finally {
    await file.close()
    await rm(path, { force: true })
  }
}
