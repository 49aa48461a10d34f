import { asCount, asLabel, asName, asObject, type JsonObject } from '../wire/json.ts'
import { isList, readDocument } from '../wire/json-document.ts'
import { readCohereUsage } from './readers/cohere-usage.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { anyKnown } from './readers/known.ts'
import { readDeclaredCost, readInputUsage } from './readers/openai-usage.ts'
import { endsWithAny } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiUsage } from './types.ts'

/** Paths where the query has another name, or isn't at the top level. */
const OTHERWISE = ['/text-rerank', '/actions/rerankText']

/**
 * What Cohere and others call the documents: NVIDIA, Hugging Face, watsonx and Mixedbread, Bedrock, Google, Relace,
 * vLLM.
 */
const DOCUMENTS = [
  'documents',
  'passages',
  'texts',
  'inputs',
  'input',
  'sources',
  'records',
  'codebase',
  'text_2',
]

const QUERIES = ['query', 'queries', 'text_1']

/**
 * Cohere's rerank, https://docs.cohere.com/reference/rerank, and those modelled on it: Voyage, Jina, Together, vLLM.
 * The conventions have no operation for it, but allow custom values.
 */
export const rerank: ApiFlavor = {
  name: 'rerank',
  provider: 'cohere',
  endpoints: [
    'POST /rerank',
    'POST /reranks',
    'POST /reranking',
    'POST /text-rerank',
    // Those of NVIDIA, Google, Oracle and Relace, and vLLM's for pairs of texts.
    'POST /v1/ranking',
    'POST :rank',
    'POST /actions/rerankText',
    'POST /v2/code/rank',
    'POST /score',
  ],
  readRequest(request) {
    const body = readRequestMembers(request, ['rerankingConfiguration', 'servingMode'])
    if (body === undefined || !DOCUMENTS.some((name) => name in body)) return undefined
    if (!(QUERIES.some((name) => name in body) || endsWithAny(request.path, OTHERWISE))) return undefined
    const bedrock = asObject(asObject(body.rerankingConfiguration)?.bedrockRerankingConfiguration)
    return {
      operation: 'rerank',
      model:
        asLabel(body.model) ??
        asName(body.model_id) ??
        asName(asObject(bedrock?.modelConfiguration)?.modelArn) ??
        asName(asObject(body.servingMode)?.modelId),
    }
  },
  readResponse: (response) =>
    readAnswerIn(
      response,
      isList(response.body)
        ? {}
        : readDocument(response.body, ['usage', 'meta', 'model', 'id', 'input_token_count']),
      (document) => ({
        id: asName(document.id),
        model: asName(document.model) ?? asName(document.model_id) ?? asName(document.modelId),
        usage: readUsage(document) ?? {
          // Hugging Face's server answers with nothing but the list.
          inputTokens: asCount(response.header('x-compute-tokens')),
        },
        declaredCost: readDeclaredCost(response, document.usage),
      }),
    ),
}

/** In search units (Cohere's or OpenRouter's), or in tokens. */
function readUsage(document: JsonObject): GenAiUsage | undefined {
  const units = anyKnown<GenAiUsage>({ searchUnits: asCount(asObject(document.usage)?.search_units) })
  const tokens = anyKnown<GenAiUsage>({ inputTokens: asCount(document.input_token_count) })
  return readCohereUsage(document.meta) ?? units ?? readInputUsage(document.usage) ?? tokens
}
