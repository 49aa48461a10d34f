import { execFile } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { noBrowser } from './browser.ts'

const PACKAGE = join(import.meta.dirname, '../../packages/web')

/** Before all tests, once: those of several files look at the page side by side. */
export async function setup(): Promise<void> {
  if (noBrowser === undefined) await buildSpendPage()
}

/** Builds the page if a source is newer than the build. */
export async function buildSpendPage(): Promise<void> {
  const modified = async (file: string): Promise<number> =>
    (await stat(file).catch(() => undefined))?.mtimeMs ?? 0
  const sources = await readdir(join(PACKAGE, 'src'), { recursive: true, withFileTypes: true })
  const times = await Promise.all(sources.map(({ parentPath, name }) => modified(join(parentPath, name))))
  const pages = await Promise.all(
    ['index.html', 'vite.config.ts'].map((name) => modified(join(PACKAGE, name))),
  )
  if (Math.max(...times, ...pages) < (await modified(join(PACKAGE, 'dist/index.html')))) return
  await promisify(execFile)('npm', ['run', 'build'], {
    cwd: PACKAGE,
    env: { ...process.env, NODE_ENV: 'production' },
  })
}
