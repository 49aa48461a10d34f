import { readDocument } from '../wire/json-document.ts'
import { RecordScanner } from '../wire/record-scanner.ts'
import { addUsages } from './readers/answer-sum.ts'
import { readMessageUsage } from './readers/anthropic-message.ts'
import { isVersioned } from './readers/anthropic-request.ts'
import { readFailure } from './readers/errors.ts'
import { known } from './readers/known.ts'
import { segmentAfter } from './readers/paths.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse, GenAiUsage, ResponseSum } from './types.ts'

/** Each event is an object by itself. */
const EVENTS = { depth: 1, names: ['type', 'model_usage'] }

/**
 * https://platform.claude.com/docs/en/managed-agents/events-and-streaming: what an agent that Anthropic runs does in a
 * session, listened to. The events say what each request of a model used, but not which model it was.
 */
export const anthropicSessions: ApiFlavor = {
  name: 'anthropic-sessions',
  provider: 'anthropic',
  endings: ['stream'],
  matches: (request) =>
    request.method === 'GET' &&
    request.path.endsWith('/events/stream') &&
    request.path.includes('/v1/sessions/') &&
    isVersioned(request),
  readRequest: ({ path }) => ({
    operation: 'invoke_agent',
    stream: true,
    ...known<Partial<GenAiRequest>>({ conversationId: segmentAfter(path, '/v1/sessions/') }),
  }),
  readResponse: (response) =>
    response.status < 400 ? {} : readFailure(response, readDocument(response.body, [])),
  openSum: openSessionSum,
}

function openSessionSum(): ResponseSum {
  let usage: GenAiUsage | undefined
  const scanner = new RecordScanner(EVENTS, ({ type, model_usage }) => {
    if (type === 'span.model_request_end') usage = addUsages(usage, readMessageUsage(model_usage) ?? {})
  })
  return {
    countsParts: true,
    write: (chunk) => scanner.write(chunk),
    read: () => known<GenAiResponse>({ usage }),
  }
}
