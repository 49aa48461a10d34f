import { asBoolean, asCount, asName, asNames, asNumber, asObject, objectsIn } from '../wire/json.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { readLatestDocument } from './readers/latest-document.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

const OPERATIONS: Readonly<Record<string, string>> = {
  ChatCompletions: 'chat',
  ChatTranslations: 'chat',
  GroupChatCompletions: 'chat',
  ImageQuestion: 'chat',
  GetEmbedding: 'embeddings',
}

/** https://cloud.tencent.com/document/api/1729: one address for everything; a header names the action. */
export const tencentHunyuan: ApiFlavor = {
  name: 'tencent-hunyuan',
  provider: 'tencent',
  endpoints: [
    'POST hunyuan.*tencentcloudapi.com/',
    // Others' models, with the same API.
    'POST lkeap.*tencentcloudapi.com/',
  ],
  readRequest(request) {
    const operation = OPERATIONS[request.header('x-tc-action') ?? '']
    if (operation === undefined) return undefined
    const body = readRequestMembers(request) ?? {}
    return {
      operation,
      model: asName(body.Model),
      stream: asBoolean(body.Stream),
      temperature: asNumber(body.Temperature),
      topP: asNumber(body.TopP),
      seed: asCount(body.Seed),
      stopSequences: asNames(body.Stop),
    }
  },
  readResponse(response) {
    // Every event of a stream carries the usage so far.
    const latest = readLatestDocument(response, [])
    const document = asObject(latest?.Response) ?? latest
    if (isFailure(response, document)) return readFailure(response, document)
    const usage = asObject(document.Usage) ?? {}
    const error = asObject(document.Error) ?? asObject(document.ErrorMsg)
    return {
      id: asName(document.Id) ?? asName(document.RequestId),
      finishReasons: asNames(objectsIn(document.Choices).map(({ FinishReason }) => FinishReason)),
      usage: {
        inputTokens: asCount(usage.PromptTokens),
        cacheReadTokens: asCount(asObject(usage.PromptTokensDetails)?.CachedTokens),
        outputTokens: asCount(usage.CompletionTokens),
      },
      error: readError(
        response,
        error && { error: { code: error.Code, message: error.Message ?? error.Msg } },
      ),
    }
  },
}
