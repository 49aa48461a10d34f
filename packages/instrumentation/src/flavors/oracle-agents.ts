import { asCount, asName, asObject, type JsonObject, objectsIn } from '../wire/json.ts'
import { AnswerSum } from './readers/answer-sum.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, ResponseDraft } from './types.ts'

/**
 * https://docs.oracle.com/en-us/iaas/api/#/en/generative-ai-agents-client: an agent that Oracle runs. The answer lists
 * the steps it took, with their usage.
 */
export const oracleAgents: ApiFlavor = {
  name: 'oracle-agents',
  provider: 'oracle',
  endpoints: ['POST /agentEndpoints/{endpoint...}/actions/chat'],
  readRequest(request) {
    const body = readRequestMembers(request) ?? {}
    return {
      operation: 'invoke_agent',
      agentId: segmentAfter(request.path, '/agentEndpoints/'),
      conversationId: asName(body.sessionId),
    }
  },
  readResponse: (response) =>
    readJsonAnswer(response, ['traces'], (document) => {
      const sum = new AnswerSum()
      for (const { usage } of objectsIn(document.traces))
        for (const entry of objectsIn(usage)) sum.add(readUsage(entry))
      return sum.read()
    }),
}

function readUsage({ modelDetails, usageDetails }: JsonObject): ResponseDraft {
  const counts = asObject(usageDetails) ?? {}
  return {
    model: asName(asObject(modelDetails)?.modelName),
    usage: {
      inputTokens: asCount(counts.inputTokenCount),
      outputTokens: asCount(counts.outputTokenCount),
    },
  }
}
