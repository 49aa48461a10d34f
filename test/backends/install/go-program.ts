import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
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
  // The checksums that the program's own authors recorded; modules older than that have none.
  const checksums = join(source, 'go.sum')
  if (existsSync(checksums)) await copyFile(checksums, join(directory, 'go.sum'))
  if (program.placeholders !== undefined) await useCopyWith(program.placeholders, program, directory, source)
  const command = program.command === undefined ? program.module : `${program.module}/${program.command}`
  await go(directory, 'get', '-tool', `${command}@${program.version}`)
  const tags = (program.tags ?? []).join(',')
  const output = join(binDirectory, program.name)
  await go(directory, 'build', '-trimpath', '-ldflags=-s -w', `-tags=${tags}`, '-o', output, command)
}

async function useCopyWith(
  placeholders: readonly string[],
  program: GoProgram,
  directory: string,
  source: string,
): Promise<void> {
  const copy = join(directory, 'source')
  await promisify(execFile)('cp', ['-r', '--no-preserve=mode', source, copy])
  for (const path of placeholders) {
    await mkdir(dirname(join(copy, path)), { recursive: true })
    await writeFile(join(copy, path), '')
  }
  await go(directory, 'mod', 'edit', `-replace=${program.module}=${copy}`)
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
