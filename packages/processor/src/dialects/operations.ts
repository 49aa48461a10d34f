import type { SpanRole } from './types.ts'

/** `gen_ai.operation.name` values, and those that emitters coin, for which a provider bills. */
const billable = new Set([
  'chat',
  'text_completion',
  'generate_content',
  'embeddings',
  'chat.completions',
  'text.completions',
  'completion',
  'completions',
  'embedding',
  'embed',
  'responses',
  'responses.create',
  'messages',
  'generate',
  'rerank',
  'image',
  'image_generation',
  'generate_image',
  'audio',
  'speech',
  'text_to_speech',
  'transcription',
  'speech_to_text',
  'translation',
  'moderation',
  'ocr',
  'video_generation',
  'count_tokens',
])

/** Whether an operation is one that somebody bills for. `undefined` where the span names none. */
export function roleOfOperation(operation: string | undefined): SpanRole | undefined {
  if (operation === undefined) return undefined
  return billable.has(operation.toLowerCase()) ? 'call' : 'step'
}
