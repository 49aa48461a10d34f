import { asBoolean, asCount, asName, asNumber, asObject } from '../wire/json.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { readLatestDocument } from './readers/latest-document.ts'
import { readRequestMembers } from './readers/request-members.ts'
import { readYandexResult } from './readers/yandex-result.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://yandex.cloud/en/docs/ai-studio/text-generation/api-ref/TextGeneration/completion, and the same in the
 * background, where the answer is an operation.
 */
export const yandexCompletion: ApiFlavor = {
  name: 'yandex-completion',
  provider: 'yandex',
  endpoints: ['POST /foundationModels/v1/completion', 'POST /foundationModels/v1/completionAsync'],
  readRequest(request) {
    const body = readRequestMembers(request)
    const options = asObject(body?.completionOptions) ?? {}
    return {
      operation: 'chat',
      background: request.path.endsWith('Async') ? true : undefined,
      model: asName(body?.modelUri),
      stream: asBoolean(options.stream),
      maxTokens: asCount(options.maxTokens),
      temperature: asNumber(options.temperature),
    }
  },
  readResponse: (response) =>
    readAnswerIn(response, readLatestDocument(response, []), (document) => ({
      id: asName(document.id),
      ...readYandexResult(asObject(document.result) ?? {}),
    })),
}
