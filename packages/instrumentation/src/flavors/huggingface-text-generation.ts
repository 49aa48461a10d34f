import { asBoolean, asCount, asNames, asObject, type JsonObject } from '../wire/json.ts'
import { isList } from '../wire/json-document.ts'
import type { ObservedResponse } from '../wire/types.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { anyKnown, known } from './readers/known.ts'
import { readLatestDocument } from './readers/latest-document.ts'
import { readSamplingParameters } from './readers/openai-request.ts'
import { decoded } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import { isSglang, readSglangAnswer, readSglangAnswers, readSglangRequest } from './readers/sglang.ts'
import type { ApiFlavor, GenAiRequest, GenAiUsage } from './types.ts'

const MODELS = '/hf-inference/models/'

/**
 * https://huggingface.co/docs/inference-providers/tasks/text-to-image and image-to-image, on the same path. Only
 * requests for images have these parameters. If an image is to be changed, it takes the place of the text, and the
 * prompt is among the parameters.
 */
const IMAGE_PARAMETERS = [
  'negative_prompt',
  'guidance_scale',
  'num_inference_steps',
  'width',
  'scheduler',
  'prompt',
]

/**
 * https://huggingface.co/docs/inference-providers/tasks/text-generation, dedicated endpoints, and the text generation
 * server behind both: `{"inputs":"..."}` in, `generated_text` out. SGLang has its own API on the same path.
 */
export const huggingfaceTextGeneration: ApiFlavor = {
  name: 'huggingface-text-generation',
  provider: 'huggingface',
  endpoints: [
    'POST /generate',
    'POST /generate_stream',
    'POST /hf-inference/models/{model...}',
    'POST *.endpoints.huggingface.cloud/',
  ],
  accepts: ({ path }) => !path.includes('/pipeline/'),
  readRequest(request) {
    const body = readRequestMembers(request, ['parameters'])
    if (body !== undefined && isSglang(body)) return readSglangRequest(body)
    // `inputs` is a text, possibly too long to be held. An object is a question about a table or a document.
    if (body === undefined || !('inputs' in body) || typeof (body.inputs ?? '') !== 'string') return undefined
    // A dedicated endpoint has one address for whatever it serves, embeddings too.
    if (request.path === '/' && !('parameters' in body)) return undefined
    const parameters = asObject(body.parameters) ?? {}
    const start = request.path.indexOf(MODELS)
    const isImage = IMAGE_PARAMETERS.some((name) => name in parameters)
    return {
      operation: isImage ? 'generate_content' : 'text_completion',
      ...readSamplingParameters(parameters),
      ...known<Partial<GenAiRequest>>({
        outputType: isImage ? 'image' : undefined,
        model: start === -1 ? undefined : decoded(request.path.slice(start + MODELS.length)),
        stream: request.path.endsWith('_stream') ? true : asBoolean(body.stream),
        maxTokens: asCount(parameters.max_new_tokens),
      }),
    }
  },
  readResponse(response, request) {
    if (response.header('content-type')?.startsWith('image/')) return { usage: { images: 1 } }
    const document = readLatestDocument(response, ['details'])
    if (isFailure(response, document)) return readFailure(response, document)
    if ('meta_info' in document) {
      return isList(response.body)
        ? readSglangAnswers(response, request)
        : readSglangAnswer(response, document)
    }
    const details = asObject(document.details) ?? {}
    return {
      finishReasons: asNames(details.finish_reason),
      usage: readUsage(response, details),
      error: readError(response, document),
    }
  },
}

/** The server states the tokens of a whole answer in headers too, even if no details were requested. */
function readUsage(response: ObservedResponse, details: JsonObject): GenAiUsage | undefined {
  const header = (name: string): number | undefined => asCount(Number(response.header(name) ?? Number.NaN))
  return anyKnown<GenAiUsage>({
    inputTokens:
      asCount(details.input_length) ??
      (Array.isArray(details.prefill) && details.prefill.length > 0 ? details.prefill.length : undefined) ??
      header('x-prompt-tokens'),
    outputTokens: asCount(details.generated_tokens) ?? header('x-generated-tokens'),
  })
}
