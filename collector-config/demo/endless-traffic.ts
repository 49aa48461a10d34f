import { createRequire } from 'node:module'
import { setTimeout as pause } from 'node:timers/promises'
import { startNode } from '../../examples/demo/src/child.ts'
import { startStandIn } from '../../examples/demo/src/stand-in/server.ts'
import { demoTraffic, send } from '../../examples/demo/src/traffic.ts'

// The demo profile of docker-compose.yml: the demo application, its stand-in for the LLM providers, and visitors without end.
const server = createRequire(import.meta.url).resolve('../../examples/demo/src/application/server.ts')
const pauseMilliseconds = 500

const standIn = await startStandIn({ overloadedAttempts: { 'gpt-4.1-nano': 2 } })
const application = startNode(
  'the application',
  ['--require', '@spanmeter/instrumentation/register', server],
  {
    SPANMETER_BAGGAGE_FROM_HEADERS: 'x-tenant-id=tenant',
    OPENAI_BASE_URL: `${standIn.url}/v1`,
    OPENAI_API_KEY: 'not-a-key',
    ANTHROPIC_BASE_URL: standIn.url,
    ANTHROPIC_API_KEY: 'not-a-key',
  },
)
const [, url] = await application.line(/listening on (\S+)/)
for (;;) {
  for (const visit of demoTraffic()) {
    await send(String(url), visit)
    await pause(pauseMilliseconds)
  }
}
