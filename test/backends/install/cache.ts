import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const cacheDirectory = join(import.meta.dirname, '../../../.cache')

/** Where the tests look for the real programs; kept between runs, never committed. */
export const binDirectory: string = join(cacheDirectory, 'bin')
export const buildDirectory: string = join(cacheDirectory, 'build')
export const pythonDirectory: string = join(cacheDirectory, 'python')

/** True when `.cache/bin/<name>` was built from this very recipe. */
export async function isInstalled(name: string, recipe: string): Promise<boolean> {
  const built = await readFile(join(binDirectory, `${name}.recipe`), 'utf8').catch(() => undefined)
  return built === recipe
}

export async function markInstalled(name: string, recipe: string): Promise<void> {
  await writeFile(join(binDirectory, `${name}.recipe`), recipe)
}
