import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pythonDirectory } from './cache.ts'
import { runQuietly } from './go-program.ts'

const requirements = join(import.meta.dirname, '../python/requirements.txt')

export function pythonRecipe(): Promise<string> {
  return readFile(requirements, 'utf8')
}

/** A virtual environment in .cache/python with OpenTelemetry and an instrumented LLM SDK. */
export async function buildPython(): Promise<void> {
  await runQuietly('python3', ['-m', 'venv', pythonDirectory], '.')
  await runQuietly(join(pythonDirectory, 'bin/pip'), ['install', '--quiet', '-r', requirements], '.')
}
