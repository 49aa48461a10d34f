import { asNumber, asObject, type JsonObject } from '../../wire/json.ts'
import type { GenAiUsage } from '../types.ts'
import { anyKnown } from './known.ts'
import { readOpenAiUsage } from './openai-usage.ts'

/** `{"type":"duration","seconds":9}` or tokens; Whisper's verbose answer states the duration as such. */
export function readTranscriptionUsage(document: JsonObject): GenAiUsage | undefined {
  const usage = asObject(document.usage) ?? {}
  const seconds =
    asNumber(usage.seconds) ?? asNumber(usage.prompt_audio_seconds) ?? lengthOf(document.duration)
  return anyKnown<GenAiUsage>({ ...readOpenAiUsage(usage), seconds })
}

/** vLLM's is a string. */
function lengthOf(duration: unknown): number | undefined {
  return asNumber(typeof duration === 'string' && duration !== '' ? Number(duration) : duration)
}
