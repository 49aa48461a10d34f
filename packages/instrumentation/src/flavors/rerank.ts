import { asCount, asLabel, asName, asObject, type JsonObject } from '../wire/json.ts'
import { isList, readDocument } from '../wire/json-document.ts'
import type { ObservedResponse } from '../wire/types.ts'
import { readCohereUsage } from './readers/cohere-usage.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { anyKnown, known } from './readers/known.ts'
import { readDeclaredCost, readInputUsage } from './readers/openai-usage.ts'
import { endsWithAny } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse, GenAiUsage } from './types.ts'

/** NVIDIA's, Google's, Oracle's and Relace's paths among them, and that of vLLM's pairs of texts. */
const PATHS = [
  '/rerank',
  '/reranks',
  '/reranking',
  '/text-rerank',
  '/v1/ranking',
  ':rank',
  '/actions/rerankText',
  '/v2/code/rank',
  '/score',
]

/** Where the query is beneath a member of its own, or has another name. */
const OTHERWISE = ['/text-rerank', '/actions/rerankText']

/** What those who made theirs after it call the documents: NVIDIA, Hugging Face, watsonx and Mixedbread, Bedrock, Google, Relace, vLLM. */
const DOCUMENTS = [
  ...['documents', 'passages', 'texts', 'inputs', 'input', 'sources', 'records', 'codebase', 'text_2'],
]

const QUERIES = ['query', 'queries', 'text_1']

/**
 * Cohere's rerank, https://docs.cohere.com/reference/rerank, and those made after it: Voyage, Jina, Together, vLLM.
 * The conventions have no operation for it; a custom value is what they allow.
 */
export const rerank: ApiFlavor = {
  name: 'rerank',
  provider: 'cohere',
  endings: ['rerank', 'reranks', 'reranking', 'text-rerank', 'ranking', 'rank', 'rerankText', 'score'],
  matches: ({ method, path }) => method === 'POST' && endsWithAny(path, PATHS),
  readRequest(request) {
    const body = readRequestMembers(request, ['rerankingConfiguration', 'servingMode'])
    if (body === undefined || !DOCUMENTS.some((name) => name in body)) return undefined
    if (!(QUERIES.some((name) => name in body) || endsWithAny(request.path, OTHERWISE))) return undefined
    const bedrock = asObject(asObject(body.rerankingConfiguration)?.bedrockRerankingConfiguration)
    return {
      operation: 'rerank',
      ...known<Partial<GenAiRequest>>({
        model:
          asLabel(body.model) ??
          asName(body.model_id) ??
          asName(asObject(bedrock?.modelConfiguration)?.modelArn) ??
          asName(asObject(body.servingMode)?.modelId),
      }),
    }
  },
  readResponse(response) {
    const document = isList(response.body)
      ? {}
      : readDocument(response.body, ['usage', 'meta', 'model', 'id', 'input_token_count'])
    if (isFailure(response, document)) return readFailure(response, document)
    return known<GenAiResponse>({
      id: asName(document.id),
      model: asName(document.model) ?? asName(document.model_id) ?? asName(document.modelId),
      usage: readUsage(document) ?? usageOfServer(response),
      declaredCost: readDeclaredCost(response, document.usage),
      error: readError(response, document),
    })
  },
}

/** Hugging Face's server answers with the list alone, and counts in a header. */
function usageOfServer({ header }: ObservedResponse): GenAiUsage | undefined {
  return anyKnown<GenAiUsage>({ inputTokens: asCount(header('x-compute-tokens')) })
}

/** By search units, OpenRouter's way of them among these, or by tokens. */
function readUsage(document: JsonObject): GenAiUsage | undefined {
  const units = anyKnown<GenAiUsage>({ searchUnits: asCount(asObject(document.usage)?.search_units) })
  const tokens = anyKnown<GenAiUsage>({ inputTokens: asCount(document.input_token_count) })
  return readCohereUsage(document.meta) ?? units ?? readInputUsage(document.usage) ?? tokens
}
