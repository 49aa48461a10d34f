import { asCount, asObject, objectsIn, sumOf } from '../wire/json.ts'
import { RecordScanner } from '../wire/record-scanner.ts'
import { googleModelOf } from './readers/google-model.ts'
import { readGenerationConfig } from './readers/google-request.ts'
import { countImages } from './readers/image-count.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { known } from './readers/known.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, ResponseSum } from './types.ts'

/**
 * Vertex AI's older method, still used for text embeddings, Imagen and, as a long-running operation, Veo, which is
 * billed by the seconds requested. Only for publishers' models and Gemini's API: not for users' own models, nor for
 * those of TensorFlow Serving and KServe, at `/v1/models/`.
 */
export const googlePredict: ApiFlavor = {
  name: 'google-predict',
  provider: 'gcp.vertex_ai',
  endpoints: ['predict', 'predictLongRunning'].flatMap((method) => [
    `POST /publishers/{publisher...}/models/{model...}:${method}`,
    `POST /v1beta{version...}/models/{model...}:${method}`,
  ]),
  readRequest(request) {
    const model = googleModelOf(request.path)
    const parameters = asObject(readRequestMembers(request, ['parameters'])?.parameters) ?? {}
    return {
      ...operationOf(model ?? ''),
      ...readGenerationConfig({ generationConfig: parameters }),
      ...known<Partial<GenAiRequest>>({
        model,
        choiceCount: asCount(parameters.sampleCount),
        seconds: isVideo(model) ? asCount(parameters.durationSeconds) : undefined,
        embeddingDimensions: asCount(parameters.outputDimensionality),
      }),
    }
  },
  readResponse: (response, request) =>
    readJsonAnswer(response, ['metadata'], (document) => {
      const { predictions } = document
      return {
        usage: {
          inputTokens: tokensOfMetadata(document.metadata, 'inputTokenCount'),
          outputTokens: tokensOfMetadata(document.metadata, 'outputTokenCount'),
          images:
            request.outputType === 'image' && Array.isArray(predictions)
              ? objectsIn(predictions).filter(isImage).length
              : undefined,
          seconds: request.seconds === undefined ? undefined : request.seconds * (request.choiceCount ?? 1),
        },
      }
    }),
  openSum({ operation, outputType }) {
    if (operation === 'embeddings') return sumEmbeddings()
    return outputType === 'image' ? countImages(IMAGES) : undefined
  },
}

/** Each vector has its token count beside it, and many vectors are longer than what is held. */
function sumEmbeddings(): ResponseSum {
  let inputTokens: number | undefined
  let characters: number | undefined
  const tokens = new RecordScanner({ depth: 5, names: ['token_count'] }, ({ token_count }) => {
    inputTokens = sumOf(inputTokens, asCount(token_count))
  })
  const metadata = new RecordScanner({ depth: 2, names: ['billableCharacterCount'] }, (record) => {
    characters = asCount(record.billableCharacterCount)
  })
  return {
    write(chunk) {
      tokens.write(chunk)
      metadata.write(chunk)
    },
    read: () => ({ usage: { inputTokens, characters } }),
  }
}

/**
 * A prediction with one of these is an image. If the prompt's safety attributes are requested, they are another
 * prediction.
 */
const IMAGES = ['bytesBase64Encoded', 'gcsUri']

function operationOf(model: string): Pick<GenAiRequest, 'operation' | 'outputType'> {
  if (model.includes('embedding') || model.startsWith('textembedding')) return { operation: 'embeddings' }
  if (isVideo(model) || model.startsWith('lyria')) return { operation: 'generate_content' }
  if (model.startsWith('imagen') || model.startsWith('image'))
    return { operation: 'generate_content', outputType: 'image' }
  return { operation: model.startsWith('chat') ? 'chat' : 'text_completion' }
}

function isVideo(model = ''): boolean {
  return model.startsWith('veo')
}

function isImage(prediction: Record<string, unknown>): boolean {
  return IMAGES.some((name) => name in prediction)
}

/** PaLM's `metadata.tokenMetadata.inputTokenCount.totalTokens`. */
function tokensOfMetadata(metadata: unknown, direction: string): number | undefined {
  return asCount(asObject(asObject(asObject(metadata)?.tokenMetadata)?.[direction])?.totalTokens)
}
