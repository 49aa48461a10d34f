import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const DIRECTORY = join(import.meta.dirname, 'corpus')

/** Inputs that were once taken wrongly, or that are of a kind that others were: one file each. */
export function keptInputs(entrance: string): { readonly name: string; readonly bytes: Buffer }[] {
  const directory = join(DIRECTORY, entrance)
  if (!existsSync(directory)) return []
  return readdirSync(directory).map((name) => ({ name, bytes: readFileSync(join(directory, name)) }))
}

/** Returns the path. */
export function keepInput(entrance: string, bytes: Buffer): string {
  const name = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  const path = join(DIRECTORY, entrance, name)
  mkdirSync(join(DIRECTORY, entrance), { recursive: true })
  writeFileSync(path, bytes)
  return path
}
