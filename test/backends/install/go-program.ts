import { execFile } from 'node:child_process'
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { binDirectory, buildDirectory } from './cache.ts'

/** A main package of a Go module. */
export interface GoProgram {
  name: string
  module: string
  version: string
  /** Path of the main package in the module; the module itself where absent. */
  command?: string
  tags?: readonly string[]
  /** `old=new@version`, as the module's own go.mod has them. */
  replacements?: readonly string[]
  /** Files that the build wants and the module lacks, by their path in it; empty ones do. */
  placeholders?: readonly string[]
}

/**
 * Builds the program into .cache/bin, in a module of its own that requires the program's module:
 * `go install package@version` refuses modules whose go.mod has `replace` or `exclude`, and many have.
 */
export async function buildGoProgram(program: GoProgram): Promise<void> {
  const directory = join(buildDirectory, program.name)
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { recursive: true })
  await go(directory, 'mod', 'init', `spanmeter.local/${program.name}`)
  for (const replacement of program.replacements ?? []) {
    await go(directory, 'mod', 'edit', `-replace=${replacement}`)
  }
  const download = await go(directory, 'mod', 'download', '-json', `${program.module}@${program.version}`)
  const source: string = JSON.parse(download).Dir
  // The checksums that the program's own authors recorded.
  await copyFile(join(source, 'go.sum'), join(directory, 'go.sum'))
  const command = program.command === undefined ? program.module : `${program.module}/${program.command}`
  await go(directory, 'get', '-tool', `${command}@${program.version}`)
  const overlay = await writeOverlay(directory, source, program.placeholders ?? [])
  const options = [
    '-trimpath',
    '-ldflags=-s -w',
    `-tags=${(program.tags ?? []).join(',')}`,
    '-overlay',
    overlay,
  ]
  await go(directory, 'build', ...options, '-o', join(binDirectory, program.name), command)
}

async function writeOverlay(directory: string, source: string, paths: readonly string[]): Promise<string> {
  const empty = join(directory, 'empty')
  const overlay = join(directory, 'overlay.json')
  await writeFile(empty, '')
  await writeFile(
    overlay,
    JSON.stringify({ Replace: Object.fromEntries(paths.map((path) => [join(source, path), empty])) }),
  )
  return overlay
}

function go(directory: string, ...args: string[]): Promise<string> {
  return runQuietly('go', args, directory, { GOFLAGS: `-mod=mod ${process.env.GOFLAGS ?? ''}`.trim() })
}

/** Runs a program and gives what it wrote to stdout; throws with the last lines of its stderr where it fails. */
export async function runQuietly(
  command: string,
  args: readonly string[],
  directory: string,
  env: Record<string, string> = {},
): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, args, {
      cwd: directory,
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, CGO_ENABLED: '0', ...env },
    })
    return stdout
  } catch (error) {
    const said = (error as { stderr?: string }).stderr ?? String(error)
    throw new Error(`${command} ${args.join(' ')} failed:\n${said.split('\n').slice(-12).join('\n')}`)
  }
}
