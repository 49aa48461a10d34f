// An app with an OpenTelemetry set-up of its own, all of it to be bundled into one file.
import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import {
  BusinessContextSpanProcessor,
  GenAiInstrumentation,
  withBusinessContext,
} from '@spanmeter/instrumentation'

const exporter = new InMemorySpanExporter()
const spanProcessors = [new BusinessContextSpanProcessor(), new SimpleSpanProcessor({ exporter })]
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors }))
new GenAiInstrumentation()

async function call() {
  const body = JSON.stringify({ model: 'gpt-4.1', messages: [] })
  const response = await fetch(`${process.env.LLM_URL}/chat/completions`, { method: 'POST', body })
  await response.text()
  for (const { name, attributes } of exporter.getFinishedSpans())
    process.stdout.write(
      `${name} ${attributes['gen_ai.usage.input_tokens']} ${attributes['business.feature']}\n`,
    )
  process.exit()
}

void withBusinessContext({ feature: 'faq-bot' }, call)
