import { asCount, asName, asObject } from '../wire/json.ts'
import { googleModelOf } from './readers/google-model.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** https://docs.mistral.ai/api/endpoint/ocr, billed by the page; the same on Azure and on Vertex AI. */
export const mistralOcr: ApiFlavor = {
  name: 'mistral-ocr',
  provider: 'mistral_ai',
  endpoints: ['POST /v1/ocr', 'POST /azure/ocr', 'POST /models/mistral-ocr{version...}:rawPredict'],
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body !== undefined && !('document' in body)) return undefined
    return {
      operation: 'generate_content',
      outputType: 'text',
      model: googleModelOf(request.path) ?? asName(body?.model),
    }
  },
  readResponse: (response) =>
    readJsonAnswer(response, ['usage_info', 'model'], (document) => ({
      model: asName(document.model),
      usage: { pages: asCount(asObject(document.usage_info)?.pages_processed) },
    })),
}
