import { execFileSync } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { buildCollector, collectorManifest } from './build-collector.ts'
import { buildPython, pythonRecipe } from './build-python.ts'
import { binDirectory, isInstalled, markInstalled } from './cache.ts'
import { buildGoProgram } from './go-program.ts'
import { goPrograms } from './programs.ts'

// npm run backends:install [name ...]
// Builds what is missing into .cache, from the Go module proxy and PyPI; about 20 minutes on two cores the first time.

const wanted = new Set(process.argv.slice(2))

async function install(name: string, recipe: string, build: () => Promise<void>): Promise<void> {
  if (wanted.size > 0 && !wanted.has(name)) return
  if (await isInstalled(name, recipe)) {
    console.log(`${name}: present`)
    return
  }
  const startedAt = Date.now()
  try {
    await build()
    await markInstalled(name, recipe)
    console.log(`${name}: built in ${Math.round((Date.now() - startedAt) / 1000)} s`)
  } catch (error) {
    process.exitCode = 1
    console.error(`${name}: not built; what needs it is skipped. ${error}`)
  }
}

function has(command: string, argument: string): boolean {
  try {
    execFileSync(command, [argument], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

await mkdir(binDirectory, { recursive: true })
if (has('go', 'version')) {
  if (wanted.has('otelcol')) wanted.add('builder')
  const manifest = await readFile(collectorManifest, 'utf8')
  for (const program of goPrograms) {
    await install(program.name, JSON.stringify(program), () => buildGoProgram(program))
    if (program.name === 'builder') await install('otelcol', manifest, buildCollector)
  }
} else {
  console.log(
    'SKIP backends:install: it builds the real programs from Go modules, and there is no `go` on the PATH',
  )
}
if (has('python3', '--version')) await install('python', await pythonRecipe(), buildPython)
else console.log('SKIP python: there is no `python3` on the PATH')
