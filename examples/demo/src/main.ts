import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Child, startNode } from './child.ts'
import { freePort } from './ports.ts'
import { printSpend, ready, recordedCalls } from './spend.ts'
import { type StandIn, startStandIn } from './stand-in/server.ts'
import { demoTraffic, send } from './traffic.ts'

const COMMAND = join(
  createRequire(import.meta.url).resolve('@spanmeter/processor/package.json'),
  '../bin/spanmeter.js',
)
const step = (message: string): void => console.log(`\u2022 ${message}`)

/** Standard ports where they are free; says so where they are not. */
async function choosePorts(): Promise<{ http: number; grpc: number; web: number }> {
  const chosen = { http: await freePort(4318), grpc: await freePort(4317), web: await freePort(4319) }
  for (const [name, standard] of Object.entries({ http: 4318, grpc: 4317, web: 4319 })) {
    const port = chosen[name as keyof typeof chosen]
    if (port !== standard) step(`port ${standard} is taken: using ${port} for ${name}`)
  }
  return chosen
}

async function startProcessor(
  directory: string,
  ports: Awaited<ReturnType<typeof choosePorts>>,
): Promise<Child> {
  const config = join(directory, 'spanmeter.yaml')
  await writeFile(
    config,
    [
      'receivers:',
      '  otlp:',
      '    protocols:',
      `      http: { endpoint: 127.0.0.1:${ports.http} }`,
      `      grpc: { endpoint: 127.0.0.1:${ports.grpc} }`,
      `sending_queue: { directory: ${join(directory, 'queue')} }`,
      `ledger: { path: ${join(directory, 'ledger.duckdb')} }`,
      `web: { endpoint: 127.0.0.1:${ports.web} }`,
      '',
    ].join('\n'),
  )
  const processor = startNode('spanmeter', [COMMAND, '--config', config], { SPANMETER_LOG_LEVEL: 'error' })
  await ready(`http://127.0.0.1:${ports.web}`, processor)
  return processor
}

async function startApplication(
  standIn: StandIn,
  otlpPort: number,
): Promise<{ application: Child; url: string }> {
  const application = startNode(
    'the application',
    ['--require', '@spanmeter/instrumentation/register', join(import.meta.dirname, 'application/server.ts')],
    {
      OTEL_SERVICE_NAME: 'demo-application',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=production',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${otlpPort}`,
      OTEL_BSP_SCHEDULE_DELAY: '200',
      SPANMETER_BAGGAGE_FROM_HEADERS: 'x-tenant-id=tenant',
      OPENAI_BASE_URL: `${standIn.url}/v1`,
      OPENAI_API_KEY: 'not-a-key',
      ANTHROPIC_BASE_URL: standIn.url,
      ANTHROPIC_API_KEY: 'not-a-key',
    },
  )
  const [, url] = await application.line(/listening on (\S+)/)
  return { application, url: url as string }
}

async function main(): Promise<void> {
  const once = process.argv.includes('--once')
  const directory = await mkdtemp(join(tmpdir(), 'spanmeter-demo-'))
  const ports = await choosePorts()
  let calls = 0
  step('starting a local stand-in for the LLM providers')
  const standIn = await startStandIn({
    overloadedAttempts: { 'gpt-4.1-nano': 2 },
    onRequest: (request) => {
      if (request.headers['x-stainless-retry-count'] === '0') calls += 1
    },
  })
  step('starting spanmeter, with its ledger and the spend page')
  const processor = await startProcessor(directory, ports)
  step('starting the application: node --require @spanmeter/instrumentation/register server.ts')
  const { application, url } = await startApplication(standIn, ports.http)

  const visits = demoTraffic()
  for (const [index, visit] of visits.entries()) {
    await send(url, visit)
    if ((index + 1) % 20 === 0) step(`${index + 1} of ${visits.length} requests`)
  }
  await application.stop()
  step(`${visits.length} requests made ${calls} LLM calls`)

  const page = `http://127.0.0.1:${ports.web}`
  await recordedCalls(page, calls)
  printSpend(COMMAND, page)
  if (!once) {
    console.log(`\nThe spend page: ${page}   (Ctrl-C ends the demo)`)
    await new Promise<void>((resolve) => process.once('SIGINT', resolve))
  }
  await processor.stop()
  await standIn.close()
  await rm(directory, { recursive: true, force: true })
}

await main()
