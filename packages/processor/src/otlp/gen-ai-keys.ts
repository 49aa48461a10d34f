import { hasPrefix, type SpanShape } from './span-shape.ts'

/**
 * Beginnings of attribute names that only spans of LLM calls, and of what stands around them, carry. A span without any
 * of them is not read further. Each dialect's names must be found by one of these: `dialects.test.ts` holds them to it.
 */
export const genAiKeyPrefixes: readonly string[] = [
  'gen_ai.',
  'llm.',
  'ai.',
  'openinference.',
  'langfuse.',
  'langsmith.',
  'mlflow.',
  'braintrust.',
  'judgment.',
  'gcp.vertex.agent.',
  'mirascope.',
  'traceloop.',
  'pydantic_ai.',
  'genkit:',
  'haystack.',
  'llm_request.',
  'codex.turn.',
  'openclaw.tokens.',
  'spanmeter.usage.',
  'lk.llm_metrics',
  'lk.realtime_model_metrics',
  'lk.tts_metrics',
  'tool.call.id', // VoltAgent's tools
  'request_data', // Logfire, before it wrote the conventions' names
  'call_params', // Mirascope 1 through Logfire
]

/** Whether a span of this shape has such an attribute; for spans that don't come as bytes. */
export const hasGenAiKey: (shape: SpanShape) => boolean = hasPrefix(...genAiKeyPrefixes)

const prefixesByFirstByte: (readonly Uint8Array[] | undefined)[] = []
for (const prefix of genAiKeyPrefixes) {
  const bytes = Buffer.from(prefix)
  prefixesByFirstByte[bytes[0]!] = [...(prefixesByFirstByte[bytes[0]!] ?? []), bytes]
}

/** By its first two bytes, the first one the lower: 1 where a prefix begins so. Rules nearly all names out without a call. */
export const beginsGenAiKey: Uint8Array = new Uint8Array(65_536)
for (const prefix of genAiKeyPrefixes) beginsGenAiKey[Buffer.from(prefix).readUInt16LE(0)] = 1

/** Whether the name in [start, end) begins with one of `genAiKeyPrefixes`. Runs for every attribute of every span. */
export function isGenAiKey(source: Uint8Array, start: number, end: number): boolean {
  if (beginsGenAiKey[source[start]! | (source[start + 1]! << 8)] === 0) return false
  const prefixes = prefixesByFirstByte[source[start]!]
  if (prefixes === undefined) return false
  for (const prefix of prefixes) {
    if (end - start < prefix.length) continue
    let index = 1
    while (index < prefix.length && prefix[index] === source[start + index]) index++
    if (index === prefix.length) return true
  }
  return false
}
