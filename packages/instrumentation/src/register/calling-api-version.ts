import { existsSync, readFileSync } from 'node:fs'
import { safely } from '../safely.ts'

interface CallSite {
  readonly scriptName: string
  readonly lineNumber: number
  readonly columnNumber?: number
  readonly column?: number
}

const API = '@opentelemetry/api'

/**
 * Above the calling code on the stack: the function that reads the stack, `safely`, `callingApiVersion`, and the
 * setter.
 */
const FRAMES_ABOVE = 4

/**
 * A copy of `@opentelemetry/api` registers only with a global of its own version, but doesn't say which that is.
 * Returns the version of the copy whose code has called the setter that asks.
 */
export function callingApiVersion(): string | undefined {
  return safely('version of the API', () => {
    const { getCallSites } = process.getBuiltinModule('node:util')
    // Not imported: ES modules that esbuild bundles often get imports of these two names put before them.
    const { createRequire } = process.getBuiltinModule('node:module')
    const { fileURLToPath } = process.getBuiltinModule('node:url')
    const site: CallSite | undefined = getCallSites(FRAMES_ABOVE + 1, { sourceMap: false })[FRAMES_ABOVE]
    if (site === undefined) return undefined
    const { scriptName } = site
    const file = scriptName.startsWith('file:') ? fileURLToPath(scriptName) : scriptName
    // Evaluated code, as in webpack's development builds, has no file.
    if (!existsSync(file)) return versionOfPackage(createRequire(`${process.cwd()}/`).resolve(API))
    return versionOfPackage(file) ?? versionInBundle(site, file)
  })
}

function versionOfPackage(file: string): string | undefined {
  const folder = /^.*[\\/]@opentelemetry[\\/]api[\\/]/.exec(file)?.[0]
  if (folder === undefined) return undefined
  return (JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as { version?: string }).version
}

/** In a bundle, the API's modules keep their order: the version, the name of the global, the code that registers. */
function versionInBundle({ lineNumber, columnNumber, column }: CallSite, file: string): string | undefined {
  const lines = readFileSync(file, 'utf8').split('\n', lineNumber)
  const last = lines.pop() ?? ''
  const before = [...lines, last.slice(0, columnNumber ?? column)].join('\n')
  const modules = before.slice(0, before.lastIndexOf('opentelemetry.js.api.'))
  return [...modules.matchAll(/["'`](1\.\d+\.\d+)["'`]/g)].at(-1)?.[1]
}
