import { runProgram } from './programs.ts'

/** An LLM call: 1,000 input tokens at 2 USD a million, 100 output tokens at 8 USD. */
const call = {
  'gen_ai.operation.name': '"chat"',
  'gen_ai.provider.name': '"openai"',
  'gen_ai.request.model': '"gpt-4.1"',
  'gen_ai.usage.input_tokens': '1000',
  'gen_ai.usage.output_tokens': '100',
}
export const generatedCallCost = 0.0028

/** Sends `count` traces of two spans each, both with the attributes of the call: a wrapper and the call beneath it. */
export async function generateCalls(
  {
    service,
    count,
    endpoint,
    http = false,
  }: { service: string; count: number; endpoint: string; http?: boolean },
  attributes: Record<string, string> = {},
): Promise<void> {
  const flags = `traces --otlp-insecure --rate 0 --otlp-endpoint ${endpoint} --service ${service} --traces ${count}`
  const telemetry = Object.entries({ ...call, ...attributes }).flatMap(([key, value]) => [
    '--telemetry-attributes',
    `${key}=${value}`,
  ])
  await runProgram('telemetrygen', [...flags.split(' '), ...(http ? ['--otlp-http'] : []), ...telemetry])
}
