import { asCount, asName, asNames, asObject, type JsonObject, objectsIn, sumOf } from '../wire/json.ts'
import type { ProviderError } from './readers/errors.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { anyKnown, known } from './readers/known.ts'
import { readLatestDocument } from './readers/latest-document.ts'
import { readSamplingParameters } from './readers/openai-request.ts'
import { readInputUsage, readOpenAiUsage } from './readers/openai-usage.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse, GenAiUsage } from './types.ts'

/**
 * https://www.alibabacloud.com/help/en/model-studio/qwen-api-via-dashscope: Qwen's own API; it also has one compatible
 * with OpenAI's. Images, videos and transcripts are made later.
 */
export const dashscopeGeneration: ApiFlavor = {
  name: 'dashscope-generation',
  provider: 'alibaba_cloud',
  endpoints: [
    'POST /api/v1/apps/{app}/completion',
    'POST /api/v1/services/{task...}-generation/generation',
    'POST /api/v1/services/{task...}-synthesis',
    'POST /api/v1/services/{task...}/asr/transcription',
    'POST /api/v1/services/{task...}/tts/SpeechSynthesizer',
    'POST /api/v1/services/embeddings/{task...}',
  ],
  readRequest(request) {
    const body = readRequestMembers(request)
    const parameters = asObject(body?.parameters) ?? {}
    return {
      operation: operationOf(request.path) ?? 'chat',
      ...readSamplingParameters(parameters),
      ...known<Partial<GenAiRequest>>({
        model: asName(body?.model),
        outputType: isSpeech(request.path) ? 'speech' : undefined,
        background: request.header('x-dashscope-async') === 'enable' ? true : undefined,
        agentId: segmentAfter(request.path, '/api/v1/apps/'),
        conversationId: asName(asObject(body?.input)?.session_id),
        stream: request.header('x-dashscope-sse') === 'enable' ? true : undefined,
        embeddingDimensions: asCount(parameters.dimension),
      }),
    }
  },
  readResponse: (response, { operation }) =>
    readAnswerIn(response, readLatestDocument(response, ['usage', 'request_id']), (document) => {
      const output = asObject(document.output) ?? {}
      // While an answer is under way, its reason is the string "null".
      const reasons = [output, ...objectsIn(output.choices)].flatMap(({ finish_reason }) =>
        finish_reason === 'null' ? [] : (asName(finish_reason) ?? []),
      )
      return {
        // What is made later is fetched by the task's id.
        id: asName(output.task_id) ?? asName(document.request_id),
        status: asName(output.task_status),
        finishReasons: asNames(reasons),
        usage: readUsage(asObject(document.usage) ?? {}, operation),
        error: errorOf(document),
      }
    }),
}

function operationOf(path: string): string | undefined {
  if (path.includes('/api/v1/apps/')) return path.endsWith('/completion') ? 'invoke_agent' : undefined
  if (!path.includes('/api/v1/services/')) return undefined
  if (path.endsWith('-generation/generation')) return 'chat'
  if (path.endsWith('-synthesis') || path.endsWith('/asr/transcription') || isSpeech(path))
    return 'generate_content'
  return path.includes('/services/embeddings/') ? 'embeddings' : undefined
}

/** CosyVoice's, billed by the character: https://www.alibabacloud.com/help/en/model-studio/cosyvoice-http-api */
function isSpeech(path: string): boolean {
  return path.endsWith('/audio/tts/SpeechSynthesizer')
}

/** An app lists the usage of each model it called. */
function readUsage(usage: JsonObject, operation: string): GenAiUsage | undefined {
  const models = objectsIn(usage.models)
  if (models.length === 0)
    return anyKnown<GenAiUsage>({
      ...(operation === 'embeddings' ? readInputUsage(usage) : readOpenAiUsage(usage)),
      characters: asCount(usage.characters),
      images: asCount(usage.image_count) ?? asCount(usage.output_image_count),
    })
  return anyKnown<GenAiUsage>({
    inputTokens: sumOf(...models.map((model) => asCount(model.input_tokens))),
    outputTokens: sumOf(...models.map((model) => asCount(model.output_tokens))),
  })
}

/** Inside a stream, an error is an event like others: `{"code":"InvalidApiKey","message":"..."}`. */
function errorOf({ output, code, message }: JsonObject): GenAiResponse['error'] {
  const type = output === undefined ? asName(code) : undefined
  return type === undefined ? undefined : known<ProviderError>({ type, message: asName(message) })
}
