import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type StandIn, startStandIn } from './support/stand-in.ts'

const app = path.join(import.meta.dirname, 'apps', 'bundled.mjs')
const published = path.join(import.meta.dirname, '..', 'dist', 'for-bundlers', 'index.js')

let standIn: StandIn
let folder: string
beforeAll(async () => {
  standIn = await startStandIn()
  folder = mkdtempSync(path.join(tmpdir(), 'spanmeter-bundled-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await standIn.close()
})

// What is published, from `npm run build`; away from all packages, as a container or a function has it.
describe.skipIf(!existsSync(published))('an app in one file', () => {
  test.each([
    ['cjs', 'app.cjs'],
    ['esm', 'app.mjs'],
  ] as const)('of format %s meters its calls', async (format, name) => {
    const file = path.join(folder, name)
    const bundle = await rolldown({ input: app, platform: 'node', logLevel: 'silent' })
    await bundle.write({ file, format, codeSplitting: false })
    const env = { ...process.env, LLM_URL: `${standIn.url}/v1`, NODE_OPTIONS: '' }
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [file], { env })
    expect([stdout, stderr]).toEqual(['chat gpt-4.1 1000 faq-bot\n', ''])
  })
})
