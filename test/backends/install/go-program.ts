import { execFile } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { binDirectory, buildDirectory } from './cache.ts'

/** A main package of a Go module. */
export interface GoProgram {
  name: string
  package: string
  version: string
  tags?: readonly string[]
  /** `old=new@version`, as the module's own go.mod has them. */
  replacements?: readonly string[]
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
  await go(directory, 'get', '-tool', `${program.package}@${program.version}`)
  const output = join(binDirectory, program.name)
  const tags = (program.tags ?? []).join(',')
  await go(directory, 'build', '-trimpath', '-ldflags=-s -w', `-tags=${tags}`, '-o', output, program.package)
}

async function go(directory: string, ...args: string[]): Promise<void> {
  await runQuietly('go', args, directory, { GOFLAGS: `-mod=mod ${process.env.GOFLAGS ?? ''}`.trim() })
}

/** Runs a program without a word; throws with the last lines of what it said where it fails. */
export async function runQuietly(
  command: string,
  args: readonly string[],
  directory: string,
  env: Record<string, string> = {},
): Promise<void> {
  try {
    await promisify(execFile)(command, args, {
      cwd: directory,
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, CGO_ENABLED: '0', ...env },
    })
  } catch (error) {
    const said = (error as { stderr?: string }).stderr ?? String(error)
    throw new Error(`${command} ${args.join(' ')} failed:\n${said.split('\n').slice(-12).join('\n')}`)
  }
}
