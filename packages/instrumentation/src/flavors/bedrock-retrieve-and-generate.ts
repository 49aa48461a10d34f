import { openEventStream } from '../wire/event-stream.ts'
import { asCount, asName, asNames, asNumber, asObject } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_RetrieveAndGenerate.html: a model answers
 * from what was found. Its tokens are billed, but not stated.
 */
export const bedrockRetrieveAndGenerate: ApiFlavor = {
  name: 'bedrock-retrieve-and-generate',
  provider: 'aws.bedrock',
  endpoints: ['POST /retrieveAndGenerate', 'POST /retrieveAndGenerateStream'],
  readRequest(request) {
    const body = readRequestMembers(request) ?? {}
    const configuration = asObject(body.retrieveAndGenerateConfiguration) ?? {}
    const sources =
      asObject(configuration.knowledgeBaseConfiguration) ??
      asObject(configuration.externalSourcesConfiguration) ??
      {}
    const generation = asObject(sources.generationConfiguration) ?? {}
    const inference = asObject(asObject(generation.inferenceConfig)?.textInferenceConfig) ?? {}
    return {
      operation: 'chat',
      model: asName(sources.modelArn),
      stream: request.path.endsWith('Stream') ? true : undefined,
      conversationId: asName(body.sessionId),
      knowledgeBaseId: asName(sources.knowledgeBaseId),
      guardrailId: asName(asObject(generation.guardrailConfiguration)?.guardrailId),
      maxTokens: asCount(inference.maxTokens),
      temperature: asNumber(inference.temperature),
      topP: asNumber(inference.topP),
      stopSequences: asNames(inference.stopSequences),
    }
  },
  readResponse(response) {
    if (openEventStream(response) !== undefined)
      return {
        conversationId: response.header('x-amzn-bedrock-knowledge-base-session-id'),
      }
    return readJsonAnswer(response, ['sessionId'], (document) => ({
      conversationId: asName(document.sessionId),
    }))
  },
}
