import { asCount, asName } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/**
 * A video that is made later, on Volcano Engine's Ark and BytePlus' ModelArk:
 * https://docs.byteplus.com/en/docs/ModelArk/1520757. Its usage is known when it is fetched.
 */
export const volcengineTasks: ApiFlavor = {
  name: 'volcengine-tasks',
  provider: 'volcengine',
  endpoints: ['POST /contents/generations/tasks'],
  readRequest(request) {
    const body = readRequestMembers(request, ['service_tier']) ?? {}
    return {
      operation: 'generate_content',
      background: true,
      model: asName(body.model),
      seed: asCount(body.seed),
      serviceTier: asName(body.service_tier),
    }
  },
  readResponse: (response) =>
    readJsonAnswer(response, ['id'], (document) => ({
      id: asName(document.id),
    })),
}
