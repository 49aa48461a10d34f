import { byText } from '../../otlp/by-text.ts'
import type { GenAiSpan, SpanRole } from '../types.ts'

/** Values of `gen_ai.operation.name`, standard ones and those that emitters coin, for which a provider bills. */
const billable = [
  'chat',
  'text_completion',
  'generate_content',
  'embeddings',
  'chat.completions',
  'chat.streaming_completions',
  'chat_streaming',
  'text.completions',
  'text.streaming_completions',
  'completion',
  'completions',
  'text_completions',
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
  'image_edit',
  'audio',
  'audio_generation',
  'speech',
  'text_to_speech',
  'tts',
  'transcription',
  'speech_to_text',
  'stt',
  'translation',
  'translate',
  'moderation',
  'classification',
  'ocr',
  'video_generation',
  'generate_video',
  'realtime',
  'generate_live_content',
  'ai.generatespeech',
  'ai.transcribe',
  'ai.streamtranscribe',
  'model_request',
  'llm',
  'llm_request',
  'llm_call',
  'ai_client',
  'generation',
  'generate_text',
  'stream_text',
  'generate_object',
  'stream_object',
  'embed_many',
  'reranker',
  'decision',
  'fetch_batch_results',
  'interactions.create',
]

/** Operations around calls or beside them, which at most repeat the calls' usage: agents, workflows, tools, retrieval. */
const around =
  /agent|workflow|task|tool|swarm|graph|crew|team|chain|framework|loop|cycle|step|turn|session|conversation|retriev|search|vector|memory|plan|handoff|guardrail|evaluat|fetch|get_response|execut|count_tokens|management/

/** Whether somebody bills for an operation. `undefined` if the span names none, or one that isn't known. */
export function roleOfOperation(operation: string | undefined): SpanRole | undefined {
  return operation === undefined ? undefined : rolesByOperation(operation)
}

const rolesByOperation = byText((operation): SpanRole | undefined => {
  if (billableWords.has(inOneWord(operation))) return 'call'
  return around.test(operation.toLowerCase()) ? 'step' : undefined
})

/** Microsoft's SDKs for agents write `GenerateContent`. */
function inOneWord(operation: string): string {
  return operation.toLowerCase().replaceAll('_', '')
}

const billableWords = new Set(billable.map(inOneWord))

/** The run of a tool or an agent. A call may ask for one, but the calls that it makes are calls of their own. */
export function isRun({ role, operation }: GenAiSpan): boolean {
  return role === 'step' && (operation === 'execute_tool' || operation === 'invoke_agent')
}

const lookUps = /^(embed|rerank)/i

/** Whether a call looks something up (embeddings, reranking) and doesn't answer. `undefined` if the span names no operation. */
export function isLookUp(operation: string | undefined): boolean | undefined {
  return operation === undefined ? undefined : lookUps.test(operation)
}
