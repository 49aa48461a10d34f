import type { JsonObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { RecordScanner } from '../wire/record-scanner.ts'
import { addUsages } from './readers/answer-sum.ts'
import { readMessageUsage } from './readers/anthropic-message.ts'
import { isVersioned } from './readers/anthropic-request.ts'
import { readFailure } from './readers/errors.ts'
import { segmentAfter } from './readers/paths.ts'
import type { ApiFlavor, GenAiUsage, ResponseSum } from './types.ts'

/** Each event is an object by itself. */
const EVENTS = { depth: 1, names: ['type', 'model_usage', 'usage'] }

/**
 * https://platform.claude.com/docs/en/managed-agents/events-and-streaming: listening to an agent that Anthropic runs in
 * a session. The events state the usage of each request of the agent's model, and that of the grader in total, but not
 * the models.
 */
export const anthropicSessions: ApiFlavor = {
  name: 'anthropic-sessions',
  provider: 'anthropic',
  endpoints: [
    'GET /v1/sessions/{session}/events/stream',
    // Of one of its agents, whose requests the session's own stream leaves out.
    'GET /v1/sessions/{session}/threads/{thread}/stream',
  ],
  accepts: isVersioned,
  readRequest: ({ path }) => ({
    operation: 'invoke_agent',
    stream: true,
    conversationId: segmentAfter(path, '/v1/sessions/'),
  }),
  readResponse: (response) =>
    response.status < 400 ? {} : readFailure(response, readDocument(response.body, [])),
  openSum: openSessionSum,
}

function openSessionSum(): ResponseSum {
  let usage: GenAiUsage | undefined
  const scanner = new RecordScanner(EVENTS, (event) => {
    const used = readMessageUsage(usedIn(event))
    if (used !== undefined) usage = addUsages(usage, used)
  })
  return {
    countsParts: true,
    write: (chunk) => scanner.write(chunk),
    read: () => ({ usage }),
  }
}

function usedIn({ type, model_usage, usage }: JsonObject): unknown {
  if (type === 'span.model_request_end') return model_usage
  return type === 'span.outcome_evaluation_end' ? usage : undefined
}
