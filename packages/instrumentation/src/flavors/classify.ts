import { asName, asObject } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readInputUsage } from './readers/openai-usage.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

const HOSTS = ['api.jina.ai', 'api.cohere.com', 'api.cohere.ai', 'api.friendli.ai']

/**
 * Classification of texts and images: https://api.jina.ai/docs, https://docs.cohere.com/reference/classify and
 * Friendli's. The conventions have no operation for it, but allow custom values.
 */
export const classify: ApiFlavor = {
  name: 'classify',
  provider: 'jina.ai',
  endpoints: HOSTS.flatMap((host) => [
    `POST ${host}/v1/classify`,
    // Friendli's, for dedicated models.
    `POST ${host}/dedicated/classify`,
  ]),
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body !== undefined && !('input' in body || 'inputs' in body)) return undefined
    return {
      operation: 'classification',
      model: asName(body?.model) ?? asName(body?.classifier_id),
    }
  },
  readResponse: (response) =>
    readJsonAnswer(response, ['usage', 'id'], (document) => ({
      id: asName(document.id),
      usage: readInputUsage(asObject(document.usage)),
    })),
}
