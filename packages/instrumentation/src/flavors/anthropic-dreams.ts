import { asName, asObject } from '../wire/json.ts'
import { readDream } from './readers/anthropic-dream.ts'
import { isVersioned } from './readers/anthropic-request.ts'
import { known } from './readers/known.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

/**
 * https://platform.claude.com/docs/en/managed-agents/dreams: a model works through what sessions have left in a memory,
 * in a session of its own. Its usage is known when it is fetched.
 */
export const anthropicDreams: ApiFlavor = {
  name: 'anthropic-dreams',
  provider: 'anthropic',
  endpoints: ['POST /v1/dreams'],
  accepts: isVersioned,
  readRequest(request) {
    const model = readRequestMembers(request)?.model
    return known<GenAiRequest>({
      operation: 'invoke_agent',
      background: true,
      model: asName(model) ?? asName(asObject(model)?.id),
    })
  },
  readResponse: readDream,
}
