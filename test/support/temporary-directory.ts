import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/**
 * An empty directory that goes with the test.
 *
 * @param after `afterAll`, for one that all tests of a file share
 */
export function temporaryDirectory(after: (remove: () => void) => void = onTestFinished): string {
  const directory = mkdtempSync(join(tmpdir(), 'spanmeter-'))
  after(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}
