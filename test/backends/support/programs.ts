import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { binDirectory, pythonDirectory } from '../install/cache.ts'

export type ProgramName =
  | 'otelcol'
  | 'prometheus'
  | 'promtool'
  | 'alertmanager'
  | 'jaeger'
  | 'telemetrygen'
  | 'h2spec'
  | 'docker-compose'
  | 'python'

/** False, after a line that says so, where one of the programs is not there: its tests are skipped. */
export function havePrograms(...names: ProgramName[]): boolean {
  const missing = names.filter((name) => !existsSync(programPath(name)))
  if (missing.length === 0) return true
  console.log(`SKIP: ${missing.join(', ')} not in .cache; npm run backends:install builds them`)
  return false
}

export function programPath(name: ProgramName): string {
  return name === 'python' ? join(pythonDirectory, 'bin/python') : join(binDirectory, name)
}

/** Runs a program to its end; rejects with what it said where it fails. */
export async function runProgram(
  name: ProgramName,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  try {
    const { stdout, stderr } = await promisify(execFile)(programPath(name), args, {
      env: { ...process.env, ...env },
    })
    return stdout + stderr
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    throw new Error(`${name} ${args.join(' ')} failed:\n${stdout}${stderr}`)
  }
}

/** A process that is stopped at the end of the test. */
export interface Running {
  /** All it has written so far. */
  output(): string
  stop(): Promise<void>
}

const children = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

/** Starts a command and waits until `isReady` holds. */
export async function start(
  command: string,
  args: readonly string[],
  isReady: () => Promise<boolean>,
  env: NodeJS.ProcessEnv = {},
): Promise<Running> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  children.add(child)
  child.once('exit', () => children.delete(child))
  let written = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (written += chunk))
  const running: Running = { output: () => written, stop: () => stop(child) }
  try {
    await waitFor(async () => {
      if (child.exitCode !== null) throw new Error(`${command} ended`)
      return isReady()
    })
  } catch (error) {
    await running.stop()
    throw new Error(`${command} ${args.join(' ')}: ${error}\n${written}`)
  }
  return running
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const deadline = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await ended
  clearTimeout(deadline)
}

/** Asks again and again, for at most `seconds`. */
export async function waitFor(condition: () => Promise<boolean>, seconds = 60): Promise<void> {
  const deadline = Date.now() + seconds * 1000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not so after ${seconds} s`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** True once the URL answers with a status below 300. */
export async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  )
}
