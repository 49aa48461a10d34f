import { asCount, asNames, asNumber, asObject, objectsIn, sumOf } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { readInvocation } from './readers/bedrock-invocation.ts'
import { isFailure, readFailure } from './readers/errors.ts'
import { anyKnown, known } from './readers/known.ts'
import { decoded } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse, GenAiUsage } from './types.ts'

/** Between the two is the model, possibly followed by the name of a custom version. */
const PATH = /\/studio\/v1\/(?:experimental\/)?(.+)\/(complete|chat)$/

/**
 * https://docs.ai21.com/docs/j2-complete-api-ref, and the chat of the same models, from before Jamba. The answer lists
 * the tokens of prompt and completions instead of counting them.
 */
export const ai21Complete: ApiFlavor = {
  name: 'ai21-complete',
  provider: 'ai21',
  endpoints: ['POST /studio/v1/{model...}/complete', 'POST /studio/v1/{model...}/chat'],
  readRequest(request) {
    const [, model = '', task] = PATH.exec(request.path) ?? []
    const body = readRequestMembers(request)
    const isChat = task === 'chat'
    if (body !== undefined && !((isChat ? 'messages' : 'prompt') in body)) return undefined
    return known<GenAiRequest>({
      operation: isChat ? 'chat' : 'text_completion',
      model: decoded(model),
      choiceCount: asCount(body?.numResults),
      maxTokens: asCount(body?.maxTokens),
      temperature: asNumber(body?.temperature),
      topP: asNumber(body?.topP),
      stopSequences: asNames(body?.stopSequences),
    })
  },
  readResponse(response) {
    const document = readDocument(response.body, ['id'])
    if (isFailure(response, document)) return readFailure(response, document)
    const made = objectsIn(document.completions).map(({ data }) => lengthOf(asObject(data)?.tokens))
    return known<GenAiResponse>({
      ...readInvocation(response, document),
      usage: anyKnown<GenAiUsage>({
        inputTokens: lengthOf(asObject(document.prompt)?.tokens),
        outputTokens: sumOf(...made),
      }),
    })
  },
}

function lengthOf(tokens: unknown): number | undefined {
  return Array.isArray(tokens) ? tokens.length : undefined
}
