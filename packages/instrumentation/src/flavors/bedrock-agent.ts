import { openEventStream } from '../wire/event-stream.ts'
import { asObject, type JsonObject, sumOf } from '../wire/json.ts'
import { readConverseUsage } from './readers/bedrock.ts'
import { readFailure } from './readers/errors.ts'
import { known } from './readers/known.ts'
import { segmentAfter } from './readers/paths.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse, GenAiUsage } from './types.ts'

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_InvokeAgent.html */
export const bedrockAgent: ApiFlavor = {
  name: 'bedrock-agent',
  provider: 'aws.bedrock',
  endings: ['text'],
  matches: ({ method, path }) =>
    method === 'POST' && path.endsWith('/text') && path.includes('/agentAliases/'),
  readRequest: (request) => ({
    operation: 'invoke_agent',
    ...known<Partial<GenAiRequest>>({
      agentId: segmentAfter(request.path, '/agents/'),
      conversationId: segmentAfter(request.path, '/sessions/'),
    }),
  }),
  readResponse(response) {
    const events = openEventStream(response)
    if (response.status >= 400 || events === undefined) return readFailure(response, undefined)
    let usage: GenAiUsage | undefined
    for (const event of events.containing('"modelInvocationOutput"'))
      usage = sum(usage, readTrace(event.json()))
    return known<GenAiResponse>({ conversationId: response.header('x-amz-bedrock-agent-session-id'), usage })
  },
}

/** With `enableTrace`, each call of a model that the agent made: under the name of the step that made it. */
function readTrace(event: JsonObject | undefined): GenAiUsage | undefined {
  for (const step of Object.values(asObject(event?.trace) ?? {})) {
    const metadata = asObject(asObject(asObject(step)?.modelInvocationOutput)?.metadata)
    if (metadata !== undefined) return readConverseUsage(metadata.usage)
  }
  return undefined
}

function sum(before: GenAiUsage | undefined, usage: GenAiUsage | undefined): GenAiUsage | undefined {
  return known<GenAiUsage>({
    inputTokens: sumOf(before?.inputTokens, usage?.inputTokens),
    outputTokens: sumOf(before?.outputTokens, usage?.outputTokens),
  })
}
