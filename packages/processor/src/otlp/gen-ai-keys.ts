import { hasPrefix, type SpanShape } from './span-shape.ts'

/**
 * Beginnings of attribute names that only spans of LLM calls, and of agents or tools around them, have. A span with none of them
 * is not read at all, so each dialect's spans must have one; `dialects.test.ts` checks that.
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

/** Whether a span has such an attribute; for spans that don't come as bytes. */
export const hasGenAiKey: (shape: SpanShape) => boolean = hasPrefix(...genAiKeyPrefixes)

const prefixesByFirstByte: (readonly Uint8Array[] | undefined)[] = []
for (const prefix of genAiKeyPrefixes) {
  const bytes = Buffer.from(prefix)
  prefixesByFirstByte[bytes[0]!] = [...(prefixesByFirstByte[bytes[0]!] ?? []), bytes]
}

/** 1 for each pair of bytes (as a little-endian number) that a prefix begins with. It rules out nearly all names quickly. */
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
