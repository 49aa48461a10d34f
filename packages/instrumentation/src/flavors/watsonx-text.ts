import { type EventStream, openEventStream } from '../wire/event-stream.ts'
import { asCount, asName, asNames, asObject, type JsonObject, objectsIn, sumOf } from '../wire/json.ts'
import { readEdges } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import { readOpenAiChatContent } from './content/openai-chat-content.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { known } from './readers/known.ts'
import { readCompletionBody, readCompletionStream } from './readers/openai-choices.ts'
import { readSamplingParameters } from './readers/openai-request.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

/** The first and the last events of a generated text. */
const FIRST_EVENTS = 4
const LAST_EVENTS = 4

/**
 * https://cloud.ibm.com/apidocs/watsonx-ai: chats in OpenAI's shape, generation and embeddings in a shape of their own.
 */
export const watsonxText: ApiFlavor = {
  name: 'watsonx-text',
  provider: 'ibm.watsonx.ai',
  endpoints: [
    'POST /ml/v1{version...}/text/chat',
    'POST /ml/v1{version...}/text/chat_stream',
    'POST /ml/v1{version...}/text/generation',
    'POST /ml/v1{version...}/text/generation_stream',
    'POST /ml/v1{version...}/generation/text',
    'POST /ml/v1{version...}/generation/text_stream',
    'POST /ml/v1{version...}/text/embeddings',
  ],
  readRequest(request) {
    const body = readRequestMembers(request) ?? {}
    const parameters = asObject(body.parameters) ?? {}
    return {
      operation: operationOf(request.path) ?? 'chat',
      ...readSamplingParameters({ ...parameters, ...body }),
      ...known<Partial<GenAiRequest>>({
        model: asName(body.model_id),
        stream: request.path.endsWith('_stream') ? true : undefined,
        maxTokens: asCount(parameters.max_new_tokens),
        stopSequences: asNames(parameters.stop_sequences),
      }),
    }
  },
  readResponse(response, request) {
    const events = openEventStream(response)
    if (request.operation === 'chat') {
      return events ? readCompletionStream(response, events) : readCompletionBody(response)
    }
    return readAnswerIn(
      response,
      events ? lastResult(events) : readEdges(response.body, ['model_id', 'input_token_count', 'results']),
      (document) => {
        const results = objectsIn(document.results)
        const reasons = results.flatMap(({ stop_reason }) =>
          stop_reason === 'not_finished' ? [] : (asName(stop_reason) ?? []),
        )
        return {
          model: asName(document.model_id),
          finishReasons: asNames(reasons),
          usage: {
            inputTokens:
              asCount(document.input_token_count) ??
              sumOf(...results.map((result) => asCount(result.input_token_count))),
            outputTokens: sumOf(...results.map((result) => asCount(result.generated_token_count))),
          },
        }
      },
    )
  },
  readContent: readOpenAiChatContent,
}

function operationOf(path: string): string | undefined {
  if (/\/text\/chat(_stream)?$/.test(path)) return 'chat'
  // Before the first version, the words were the other way round.
  if (/\/(text\/generation|generation\/text)(_stream)?$/.test(path)) return 'text_completion'
  return path.endsWith('/text/embeddings') ? 'embeddings' : undefined
}

/** The last event counts everything generated, or is an error; the first non-empty one counts the input. */
function lastResult(events: EventStream): JsonObject | undefined {
  const input = [...atMost(FIRST_EVENTS, events.forward())]
    .map((event) => asCount(objectsIn(event.json()?.results)[0]?.input_token_count))
    .find(Boolean)
  for (const event of atMost(LAST_EVENTS, events.backward())) {
    const document = event.json()
    if (document !== undefined && ('results' in document || 'errors' in document)) {
      return { ...document, ...(input !== undefined && { input_token_count: input }) }
    }
  }
  return undefined
}
