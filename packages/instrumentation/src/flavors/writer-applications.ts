import { openEventStream } from '../wire/event-stream.ts'
import { asBoolean } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

const APPLICATIONS = '/v1/applications/'

/**
 * https://dev.writer.com/api-reference/application-api/application: runs one of Writer's no-code applications, or
 * answers from a knowledge graph. Their usage isn't stated.
 */
export const writerApplications: ApiFlavor = {
  name: 'writer-applications',
  provider: 'writer',
  endpoints: ['POST api.writer.com/v1/applications/{application}', 'POST api.writer.com/v1/graphs/question'],
  readRequest(request) {
    const agentId = segmentAfter(request.path, APPLICATIONS)
    return {
      operation: agentId === undefined ? 'chat' : 'invoke_agent',
      agentId,
      stream: asBoolean(readRequestMembers(request, ['stream'])?.stream),
    }
  },
  readResponse(response) {
    if (openEventStream(response) !== undefined && response.status < 400) return {}
    return readJsonAnswer(response, [], () => ({}))
  },
}
