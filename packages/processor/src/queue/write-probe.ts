import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'

const PROBE_BYTES = 64 * 2 ** 10

/** Writes a little, really, and removes it. @throws what the file system says. */
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
