import { asCount, asNames, asNumber, asObject, objectsIn, sumOf } from '../wire/json.ts'
import { readInvocation } from './readers/bedrock-invocation.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { decoded } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

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
    return {
      operation: isChat ? 'chat' : 'text_completion',
      model: decoded(model),
      choiceCount: asCount(body?.numResults),
      maxTokens: asCount(body?.maxTokens),
      temperature: asNumber(body?.temperature),
      topP: asNumber(body?.topP),
      stopSequences: asNames(body?.stopSequences),
    }
  },
  readResponse: (response) =>
    readJsonAnswer(response, ['id'], (document) => {
      const made = objectsIn(document.completions).map(({ data }) => lengthOf(asObject(data)?.tokens))
      return {
        ...readInvocation(response, document),
        usage: {
          inputTokens: lengthOf(asObject(document.prompt)?.tokens),
          outputTokens: sumOf(...made),
        },
      }
    }),
}

function lengthOf(tokens: unknown): number | undefined {
  return Array.isArray(tokens) ? tokens.length : undefined
}
