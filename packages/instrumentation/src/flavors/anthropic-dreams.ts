import { asName, asObject } from '../wire/json.ts'
import { readMessageUsage } from './readers/anthropic-message.ts'
import { isVersioned } from './readers/anthropic-request.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** Before that, the usage is only what was used so far. */
const ENDED: readonly unknown[] = ['completed', 'failed', 'canceled']

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
    return {
      operation: 'invoke_agent',
      background: true,
      model: asName(model) ?? asName(asObject(model)?.id),
    }
  },
  readResponse: (response) =>
    readJsonAnswer(response, ['usage', 'status', 'session_id', 'model'], (document) => {
      const model = asObject(document.model)
      return {
        id: asName(document.id),
        model: asName(model?.id),
        speed: asName(model?.speed),
        conversationId: asName(document.session_id),
        status: asName(document.status),
        usage: ENDED.includes(document.status) ? readMessageUsage(document.usage) : undefined,
      }
    }),
}
