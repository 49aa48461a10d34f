import { asBoolean, asName, asObject, type JsonObject } from '../wire/json.ts'
import { RecordScanner } from '../wire/record-scanner.ts'
import type { RequestHead } from '../wire/types.ts'
import { addUsages } from './readers/answer-sum.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { known } from './readers/known.ts'
import { readOpenAiUsage } from './readers/openai-usage.ts'
import { segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import { toolRequests } from './readers/tool-requests.ts'
import type { ApiFlavor, GenAiResponse, ResponseDraft, ResponseSum } from './types.ts'

const SESSIONS = '/agents/sessions'

/** Each event is an object by itself. */
const EVENTS = { depth: 1, names: ['type', 'session', 'turn', 'usage', 'item'] }

/** The events that end a turn, also of a subagent, and state its usage. */
const ENDS = new Set(['completed', 'failed', 'cancelled'].map((end) => `agent.session.turn.${end}`))

/**
 * https://developers.openai.com/api/docs/guides/agents-api: an agent that OpenAI runs in a session, as a stream from
 * its creation on, or listened to later. However many turns it takes, it is one invocation.
 */
export const openaiAgentSessions: ApiFlavor = {
  name: 'openai-agent-sessions',
  provider: 'openai',
  endpoints: ['POST /agents/sessions', 'GET /agents/sessions/{session}/events'],
  accepts: isAgentsApi,
  readRequest(request) {
    const body = readRequestMembers(request)
    const isListening = request.method === 'GET'
    return {
      operation: 'invoke_agent',
      model: asName(asObject(body?.agent)?.model),
      agentId: asName(body?.agent_id),
      conversationId: isListening ? segmentAfter(request.path, `${SESSIONS}/`) : undefined,
      stream: isListening || asBoolean(body?.stream),
    }
  },
  readResponse(response, { stream }) {
    if (stream === true && response.status < 400) return {}
    return readJsonAnswer(response, ['status'], readSession)
  },
  openSum: ({ stream }) => (stream === true ? new SessionSum() : undefined),
}

function isAgentsApi(request: RequestHead): boolean {
  return request.host === 'api.openai.com' || request.header('openai-beta')?.includes('agents=') === true
}

function readSession(session: JsonObject): GenAiResponse {
  const agent = asObject(session.agent)
  const tier = asName(agent?.service_tier)
  return known<GenAiResponse>({
    conversationId: asName(session.id),
    model: asName(agent?.model),
    status: asName(session.status),
    serviceTier: tier === 'auto' ? undefined : tier,
  })
}

class SessionSum implements ResponseSum {
  readonly countsParts = true
  readonly #scanner = new RecordScanner(EVENTS, (event) => this.#add(event))
  readonly #read: GenAiResponse = {}
  #searches = 0

  write(chunk: Uint8Array): void {
    this.#scanner.write(chunk)
  }

  read(): ResponseDraft {
    return {
      ...this.#read,
      toolRequests: toolRequests([['web_search', this.#searches]]),
    }
  }

  #add({ type, session, turn, usage, item }: JsonObject): void {
    Object.assign(this.#read, readSession(asObject(session) ?? {}))
    if (type === 'agent.session.turn.item.done' && asObject(item)?.type === 'web_search_call')
      this.#searches++
    if (!ENDS.has(String(type))) return
    this.#read.usage = addUsages(this.#read.usage, readOpenAiUsage(usage) ?? {})
    const error = asObject(asObject(turn)?.error)
    const code = asName(error?.code)
    const message = asName(error?.message)
    if (code !== undefined) this.#read.error = { type: code, ...(message !== undefined && { message }) }
  }
}
