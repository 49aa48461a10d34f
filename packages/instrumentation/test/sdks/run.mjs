// npm run test:sdks -w packages/instrumentation
// Every SDK, by import and by require: one call, one span, complete. Installs them first.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { startProvider } from './provider.mjs'

const here = import.meta.dirname
if (!existsSync(path.join(here, 'node_modules'))) {
  console.log('installing the SDKs ...')
  execFileSync('npm', ['ci', '--workspaces=false', '--legacy-peer-deps', '--no-audit', '--no-fund'], {
    cwd: here,
    stdio: 'inherit',
  })
}

const require = createRequire(import.meta.url)
const { trace, context } = require('@opentelemetry/api')
const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks')
const { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } = require('@opentelemetry/sdk-trace')
const { GenAiInstrumentation } = require('../../dist/index.cjs')
const { cases } = await import('./cases.mjs')

const exporter = new InMemorySpanExporter()
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }))
new GenAiInstrumentation()
const provider = await startProvider()

/** Those that are of interest, once there is one, and the others that come with it. */
async function finishedSpans(isOfInterest) {
  const deadline = Date.now() + 10_000
  const found = () => exporter.getFinishedSpans().filter(isOfInterest)
  while (found().length === 0 && Date.now() < deadline) await setImmediate()
  await setTimeout(50)
  return found()
}

const systems = { import: (name) => import(name), require: async (name) => require(name) }
let failed = 0
for (const [system, load] of Object.entries(systems)) {
  for (const [name, call] of cases(load, provider)) {
    exporter.reset()
    let problem
    try {
      await call()
      const spans = await finishedSpans(
        ({ attributes }) => attributes['gen_ai.usage.input_tokens'] !== undefined,
      )
      const [span] = spans
      const told = [
        spans.length,
        span?.attributes['gen_ai.usage.input_tokens'],
        span?.attributes['gen_ai.usage.output_tokens'],
        span?.attributes['gen_ai.request.model'],
      ]
      if (told.join() !== '1,10,5,m') problem = `spans, input, output, model: ${told.join(', ')}`
    } catch (error) {
      problem = String(error).split('\n')[0]
    }
    if (problem !== undefined) failed++
    console.log(
      `${problem === undefined ? 'ok    ' : 'FAILED'} ${system.padEnd(8)} ${name}${problem === undefined ? '' : `: ${problem}`}`,
    )
  }
}
console.log(`${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
