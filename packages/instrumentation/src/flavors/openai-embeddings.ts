import { wholeOf } from '../wire/bytes.ts'
import { asCount, asName, asNames, asObject, type JsonObject, sumOf } from '../wire/json.ts'
import { readEdges } from '../wire/json-document.ts'
import { RecordScanner } from '../wire/record-scanner.ts'
import type { ObservedBody } from '../wire/types.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { anyKnown, known } from './readers/known.ts'
import { readSamplingParameters } from './readers/openai-request.ts'
import { readDeclaredCost, readInputUsage } from './readers/openai-usage.ts'
import { deploymentOf, segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiUsage } from './types.ts'

const INPUTS = ['input', 'inputs', 'texts', 'text', 'urls', 'prompt', 'prompts']

/** https://platform.openai.com/docs/api-reference/embeddings, and those modelled on it: Voyage's, Jina's, Mistral's. */
export const openaiEmbeddings: ApiFlavor = {
  name: 'openai-embeddings',
  provider: 'openai',
  endpoints: [
    'POST /embeddings',
    'POST /{kind}embeddings',
    'POST /wenxinworkshop/embeddings/{model...}',
    // Volcengine's, Nomic's, Snowflake's, Aleph Alpha's, Relace's and vLLM's.
    'POST /embeddings/multimodal',
    'POST /v1/embedding/text',
    'POST /v1/embedding/image',
    'POST /cortex/inference:embed',
    'POST /semantic_embed',
    'POST /batch_semantic_embed',
    'POST /instructable_embed',
    'POST /v1/code/embed',
    'POST /pooling',
  ],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body === undefined && !request.path.endsWith('/embeddings')) return undefined
    if (body !== undefined && !INPUTS.some((name) => name in body)) return undefined
    const model =
      deploymentOf(request.path) ??
      segmentAfter(request.path, '/engines/') ??
      segmentAfter(request.path, '/wenxinworkshop/embeddings/')
    return {
      operation: 'embeddings',
      ...(model !== undefined && { model }),
      ...(body &&
        known<Partial<GenAiRequest>>({
          model: readSamplingParameters(body).model ?? model,
          encodingFormats: asNames(body.encoding_format) ?? asNames(body.embedding_type),
          embeddingDimensions: asCount(body.dimensions) ?? asCount(body.output_dimension),
        })),
    }
  },
  readResponse: (response) =>
    readAnswerIn(response, readEdges(response.body, MEMBERS), (document) => ({
      id: asName(document.id),
      model: asName(document.model),
      usage: readInputUsage(document.usage ?? countBeside(document)) ?? usageOfTexts(response.body),
      declaredCost: readDeclaredCost(response, document.usage),
    })),
}

const MEMBERS = ['usage', 'model', 'id', 'total_tokens', 'num_tokens_prompt_total']

/** MiniMax and Aleph Alpha have a single count beside the vectors. */
function countBeside({ total_tokens, num_tokens_prompt_total }: JsonObject): JsonObject {
  return { total_tokens: total_tokens ?? num_tokens_prompt_total }
}

/**
 * GigaChat states usage for each text: https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/post-embeddings
 */
function usageOfTexts(body: ObservedBody): GenAiUsage | undefined {
  const whole = wholeOf(body)
  let inputTokens: number | undefined
  const scanner = new RecordScanner({ depth: 3, names: ['usage'] }, ({ usage }) => {
    inputTokens = sumOf(inputTokens, asCount(asObject(usage)?.prompt_tokens))
  })
  if (whole !== undefined) scanner.write(whole)
  return anyKnown<GenAiUsage>({ inputTokens })
}
