import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startStandIn } from '@spanmeter/demo/stand-in'
import { expect, test } from 'vitest'
import { startOtlpSink } from '../support/otlp-sink.ts'
import { ON_SOURCES, startProcessor } from '../support/processor.ts'

const application = join(import.meta.dirname, 'fixtures/application.mjs')

test('calls of the real SDKs arrive at the backend as priced and attributed spans', async () => {
  const backend = await startOtlpSink()
  const standIn = await startStandIn({ overloadedAttempts: { 'gpt-4.1-nano': 1 } })
  const processor = await startProcessor(backend.url)
  await promisify(execFile)(
    process.execPath,
    [...ON_SOURCES, '--require', '@spanmeter/instrumentation/register', application],
    {
      env: {
        ...process.env,
        OTEL_SERVICE_NAME: 'application',
        OTEL_EXPORTER_OTLP_ENDPOINT: processor.http,
        OPENAI_BASE_URL: `${standIn.url}/v1`,
        OPENAI_API_KEY: 'not-a-key',
        ANTHROPIC_BASE_URL: standIn.url,
        ANTHROPIC_API_KEY: 'not-a-key',
      },
    },
  ).then(console.log)
  await backend.until((spans) => spans.length >= 7)
  console.dir(backend.spans, {depth: 9})
  await processor.stop()
  await standIn.close()
  await backend.close()
})
