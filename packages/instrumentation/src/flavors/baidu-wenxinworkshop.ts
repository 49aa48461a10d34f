import { openEventStream } from '../wire/event-stream.ts'
import { readCompletionBody, readCompletionStream } from './readers/openai-choices.ts'
import { readSamplingParameters } from './readers/openai-request.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

const BEFORE = '/wenxinworkshop/'

/** By the segment before the model. Chats and embeddings are read by OpenAI's flavors. */
const OPERATIONS: Readonly<Record<string, string>> = {
  completions: 'text_completion',
  image2text: 'chat',
  plugin: 'invoke_agent',
  reranker: 'rerank',
}

/**
 * https://cloud.baidu.com/doc/WENXINWORKSHOP: Baidu's API from before it spoke OpenAI's. All tasks answer as its chats
 * do.
 */
export const baiduWenxinworkshop: ApiFlavor = {
  name: 'baidu-wenxinworkshop',
  provider: 'baidu',
  endpoints: Object.keys(OPERATIONS).map((task) => `POST ${BEFORE}${task}/{model...}`),
  readRequest(request) {
    const task = taskOf(request.path)
    const model = segmentAfter(request.path, `${BEFORE}${task}/`)
    return {
      operation: OPERATIONS[task] ?? 'chat',
      ...(model !== undefined && (task === 'plugin' ? { agentId: model } : { model })),
      ...readSamplingParameters(readRequestMembers(request) ?? {}),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    return events === undefined ? readCompletionBody(response) : readCompletionStream(response, events)
  },
}

function taskOf(path: string): string {
  return segmentAfter(path, BEFORE) ?? ''
}
