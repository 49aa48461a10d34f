import { openEventStream } from '../wire/event-stream.ts'
import { asName, asObject, type JsonObject } from '../wire/json.ts'
import type { RequestHead } from '../wire/types.ts'
import { addUsages } from './readers/batch-results.ts'
import { readConverseUsage } from './readers/bedrock.ts'
import { readFailure } from './readers/errors.ts'
import { known } from './readers/known.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiResponse, GenAiUsage } from './types.ts'

/**
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_InvokeAgent.html, and `InvokeInlineAgent`, whose
 * request names the model and whose path nothing but the session.
 */
export const bedrockAgent: ApiFlavor = {
  name: 'bedrock-agent',
  provider: 'aws.bedrock',
  matches: (request) => request.method === 'POST' && (isInline(request) || isAgent(request)),
  readRequest(request) {
    const behind = segmentAfter(request.path, '/agents/')
    const inline = isInline(request)
    return {
      operation: 'invoke_agent',
      ...known<Partial<GenAiRequest>>({
        model: inline ? asName(readRequestMembers(request)?.foundationModel) : undefined,
        agentId: inline ? undefined : behind,
        conversationId: inline ? behind : segmentAfter(request.path, '/sessions/'),
      }),
    }
  },
  readResponse(response) {
    const events = openEventStream(response)
    if (response.status >= 400 || events === undefined) return readFailure(response, undefined)
    let usage: GenAiUsage | undefined
    for (const event of events.containing('"modelInvocationOutput"'))
      usage = addUsages(usage, readTrace(event.json()) ?? {})
    return known<GenAiResponse>({ conversationId: response.header('x-amz-bedrock-agent-session-id'), usage })
  },
}

function isAgent({ path }: RequestHead): boolean {
  return path.endsWith('/text') && path.includes('/agentAliases/')
}

function isInline({ host, path }: RequestHead): boolean {
  return host.startsWith('bedrock-agent-runtime') && path.startsWith('/agents/') && !path.includes('/', 8)
}

/** With `enableTrace`, each call of a model that the agent made: under the name of the step that made it. */
function readTrace(event: JsonObject | undefined): GenAiUsage | undefined {
  for (const step of Object.values(asObject(event?.trace) ?? {})) {
    const metadata = asObject(asObject(asObject(step)?.modelInvocationOutput)?.metadata)
    if (metadata !== undefined) return readConverseUsage(metadata.usage)
  }
  return undefined
}
