import { openEventStream } from '../wire/event-stream.ts'
import { asName, asObject } from '../wire/json.ts'
import { atMost } from '../wire/stream-event.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { known } from './readers/known.ts'
import { readCompletion } from './readers/openai-choices.ts'
import { readSamplingParameters } from './readers/openai-request.ts'
import { decoded } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse } from './types.ts'

/** By the task, which follows `/_inference/`. */
const OPERATIONS: Readonly<Record<string, string>> = {
  chat_completion: 'chat',
  completion: 'text_completion',
  embedding: 'embeddings',
  text_embedding: 'embeddings',
  sparse_embedding: 'embeddings',
  rerank: 'rerank',
}

const PATH = /\/_inference\/([a-z_]+)\/([^/]+)(\/_stream)?$/

/** After the chunk with the finish reason comes at most one with the usage. */
const LAST_EVENTS = 8

/**
 * https://www.elastic.co/docs/api/doc/elasticsearch/group/endpoint-inference: the path names an endpoint of
 * Elasticsearch, for a model of its own or of somebody else. Only chats state their usage.
 */
export const elasticsearchInference: ApiFlavor = {
  name: 'elasticsearch-inference',
  provider: 'elasticsearch',
  endpoints: Object.keys(OPERATIONS).flatMap((task) => [
    `POST /_inference/${task}/{endpoint}`,
    `POST /_inference/${task}/{endpoint}/_stream`,
  ]),
  readRequest(request) {
    const { path } = request
    const body = readRequestMembers(request) ?? {}
    return {
      operation: operationOf(path) ?? 'chat',
      ...readSamplingParameters(body),
      ...known<Partial<GenAiRequest>>({
        model: asName(body.model) ?? decoded(PATH.exec(path)?.[2] ?? ''),
        stream: path.endsWith('/_stream') ? true : undefined,
      }),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (events === undefined) return readJsonAnswer(response, [], () => ({}))
    let read: GenAiResponse = {}
    for (const event of atMost(LAST_EVENTS, events.backward())) {
      const chunk = event.json()
      if (chunk === undefined) continue
      read = { ...readCompletion(response, asObject(chunk.chat_completion) ?? chunk), ...read }
    }
    return read
  },
}

function operationOf(path: string): string | undefined {
  const task = PATH.exec(path)?.[1]
  return task === undefined ? undefined : OPERATIONS[task]
}
