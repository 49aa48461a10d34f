import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type StandIn, startStandIn } from './support/stand-in.ts'
import { startTraceSink, type TraceSink } from './support/trace-sink.ts'

const apps = path.join(import.meta.dirname, 'apps')
const published = path.join(import.meta.dirname, '..', 'dist', 'for-bundlers', 'index.js')

let standIn: StandIn
let sink: TraceSink
let folder: string
beforeAll(async () => {
  standIn = await startStandIn()
  sink = await startTraceSink()
  folder = mkdtempSync(path.join(tmpdir(), 'spanmeter-bundled-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  sink.close()
  await standIn.close()
})

/** As bundles for servers have it, of Nuxt for one: it replaces in strings, too. */
const replacing = {
  name: 'replacing',
  transform: (code: string) => ({ code: code.replaceAll('typeof window', '"undefined"'), map: null }),
}

/** What bundled ES modules often begin with, for the CommonJS in them. A second import of these names would be an error. */
const requireForEsm = `
  import { createRequire } from 'node:module'
  import { fileURLToPath } from 'node:url'
  const require = createRequire(import.meta.url)
  const __filename = fileURLToPath(import.meta.url)
`

/** Away from all packages, as a container or a function has it. @returns what it wrote. */
async function runBundled(app: string, format: 'cjs' | 'esm', conditionNames: string[]): Promise<string[]> {
  const file = path.join(folder, `${app}.${format === 'cjs' ? 'cjs' : 'mjs'}`)
  const input = path.join(apps, app)
  const bundle = await rolldown({
    input,
    platform: 'node',
    logLevel: 'silent',
    plugins: [replacing],
    resolve: { conditionNames },
  })
  const banner = format === 'esm' ? requireForEsm : ''
  await bundle.write({ file, format, banner, codeSplitting: false })
  const env = {
    ...process.env,
    LLM_URL: `${standIn.url}/v1`,
    NODE_OPTIONS: '',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
  }
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [file], { env })
  return [stdout, stderr]
}

// What is published, from `npm run build`.
describe.skipIf(!existsSync(published)).each([
  ['cjs', ['module', 'require']],
  ['esm', ['module', 'import']],
  // As ncc resolves packages: without their modules for bundlers.
  ['cjs', ['node', 'require']],
] as const)('an app in one file, %s, of packages as by %j,', (format, conditions) => {
  test('meters its calls', async () => {
    expect(await runBundled('bundled.mjs', format, [...conditions])).toEqual([
      'chat gpt-4.1 1000 faq-bot\n',
      '',
    ])
  })

  test('that has register in it delivers its spans, those too that are left as it exits', async () => {
    sink.forget()
    expect(await runBundled('bundled-register.mjs', format, [...conditions])).toEqual(['', ''])
    expect(sink.spans.map(({ name }) => name)).toEqual(['chat gpt-4.1'])
    expect(sink.metrics.get('gen_ai.client.operation.duration')).toBe(1)
  })
})
