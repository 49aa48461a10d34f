import { createRequire } from 'node:module'
import { type Child, startNode } from '../../../examples/demo/src/child.ts'
import { type StandIn, startStandIn } from '../../../examples/demo/src/stand-in/server.ts'
import { demoTraffic, send } from '../../../examples/demo/src/traffic.ts'

const server = createRequire(import.meta.url).resolve('../../../examples/demo/src/application/server.ts')

/** Runs the demo application with `--require @spanmeter/instrumentation/register` through all its visits, to the end. */
export async function runDemoApplication(otlpEndpoint: string): Promise<void> {
  const standIn: StandIn = await startStandIn({ overloadedAttempts: { 'gpt-4.1-nano': 2 } })
  const application: Child = startNode(
    'the application',
    ['--conditions=@spanmeter/source', '--require', '@spanmeter/instrumentation/register', server],
    {
      OTEL_SERVICE_NAME: 'demo-application',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=production',
      OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint,
      OTEL_BSP_SCHEDULE_DELAY: '200',
      SPANMETER_BAGGAGE_FROM_HEADERS: 'x-tenant-id=tenant',
      OPENAI_BASE_URL: `${standIn.url}/v1`,
      OPENAI_API_KEY: 'not-a-key',
      ANTHROPIC_BASE_URL: standIn.url,
      ANTHROPIC_API_KEY: 'not-a-key',
    },
  )
  const [, url] = await application.line(/listening on (\S+)/)
  for (const visit of demoTraffic()) await send(String(url), visit)
  await application.stop()
  await standIn.close()
}
