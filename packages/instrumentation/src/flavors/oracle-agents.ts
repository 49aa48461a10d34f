import { asCount, asName, asObject, type JsonObject, objectsIn } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { AnswerSum } from './readers/answer-sum.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { anyKnown, known } from './readers/known.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse, GenAiUsage } from './types.ts'

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
    return known<GenAiRequest>({
      operation: 'invoke_agent',
      agentId: segmentAfter(request.path, '/agentEndpoints/'),
      conversationId: asName(body.sessionId),
    })
  },
  readResponse(response) {
    const document = readDocument(response.body, ['traces'])
    if (isFailure(response, document)) return readFailure(response, document)
    const sum = new AnswerSum()
    for (const { usage } of objectsIn(document.traces))
      for (const entry of objectsIn(usage)) sum.add(readUsage(entry))
    return { ...sum.read(), ...known<GenAiResponse>({ error: readError(response, document) }) }
  },
}

function readUsage({ modelDetails, usageDetails }: JsonObject): GenAiResponse {
  const counts = asObject(usageDetails) ?? {}
  return known<GenAiResponse>({
    model: asName(asObject(modelDetails)?.modelName),
    usage: anyKnown<GenAiUsage>({
      inputTokens: asCount(counts.inputTokenCount),
      outputTokens: asCount(counts.outputTokenCount),
    }),
  })
}
