import { openEventStream } from '../wire/event-stream.ts'
import { asCount, asName, asNames, asNumber, objectsIn } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { anyKnown, known } from './readers/known.ts'
import { endsWithAny } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse, GenAiUsage } from './types.ts'

const STREAMED = '/api/extra/generate/stream'

const PATHS = ['/api/v1/generate', '/api/latest/generate', STREAMED]

/** What its clients say with the prompt, and an app's own API hardly does. */
const OWN = ['max_length', 'max_context_length']

/** The last event of a stream has the reason; tokens are not stated in one. */
const LAST_EVENTS = 2

/** https://lite.koboldai.net/koboldcpp_api: the server's own completion, beside OpenAI's. */
export const koboldcppGenerate: ApiFlavor = {
  name: 'koboldcpp-generate',
  provider: 'koboldcpp',
  endings: ['generate', 'stream'],
  matches: ({ method, path }) => method === 'POST' && endsWithAny(path, PATHS),
  readRequest(request) {
    const body = readRequestMembers(request)
    if (body === undefined || !('prompt' in body) || !OWN.some((name) => name in body)) return undefined
    return {
      operation: 'text_completion',
      ...known<Partial<GenAiRequest>>({
        stream: request.path.endsWith(STREAMED) ? true : undefined,
        maxTokens: asCount(body.max_length),
        temperature: asNumber(body.temperature),
        topP: asNumber(body.top_p),
        topK: asCount(body.top_k),
        stopSequences: asNames(body.stop_sequence),
      }),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    let document = events === undefined ? readDocument(response.body, []) : undefined
    for (const event of atMost(LAST_EVENTS, events?.backward() ?? [])) document ??= event.json()
    if (isFailure(response, document)) return readFailure(response, document)
    const [result = document] = objectsIn(document.results)
    return known<GenAiResponse>({
      finishReasons: asNames(asName(result.finish_reason)),
      usage: anyKnown<GenAiUsage>({
        inputTokens: asCount(result.prompt_tokens),
        outputTokens: asCount(result.completion_tokens),
      }),
      error: readError(response, document),
    })
  },
}
