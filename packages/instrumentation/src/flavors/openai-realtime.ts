import { OpenAiRealtimeSession } from '../sessions/openai-realtime.ts'
import { openEventStream } from '../wire/event-stream.ts'
import { asCount, asLabel, asName, asNames, asNumber, asObject, type JsonObject } from '../wire/json.ts'
import type { ObservedResponse } from '../wire/types.ts'
import { readOpenAiResponseContent } from './content/openai-response-content.ts'
import { readError } from './readers/errors.ts'
import { known } from './readers/known.ts'
import { readOpenAiUsage } from './readers/openai-usage.ts'
import { readRequestMembers } from './readers/request-members.ts'
import { readTranscriptionUsage } from './readers/transcription-usage.ts'
import { opensWebSocket } from './readers/web-socket.ts'
import type { ApiFlavor, GenAiResponse } from './types.ts'

/**
 * https://developers.openai.com/api/reference/resources/realtime: a request is the settings of the session and of the
 * response; the last event of a response, or of a transcription, states its usage.
 */
export const openaiRealtime: ApiFlavor = {
  name: 'openai-realtime',
  provider: 'openai',
  endpoints: ['GET /realtime', 'GET gateway.ai.cloudflare.com/{gateway...}/openai'],
  accepts: opensWebSocket,
  openSession: (connection) => new OpenAiRealtimeSession(connection),
  readRequest(request) {
    const body = readRequestMembers(request) ?? {}
    const transcription = asObject(body.transcription)
    if (transcription !== undefined)
      return {
        operation: 'generate_content',
        outputType: 'text',
        model: asName(transcription.model),
      }
    const query = new URLSearchParams(request.query)
    const modalities = asNames(body.output_modalities ?? body.modalities)
    return {
      operation: 'chat',
      stream: true,
      model: asName(query.get('model')) ?? asName(query.get('deployment')) ?? asName(body.model),
      outputType: modalities && (modalities.includes('audio') ? 'speech' : 'text'),
      maxTokens: asCount(body.max_output_tokens ?? body.max_response_output_tokens),
      temperature: asNumber(body.temperature),
      reasoningEffort: asName(asObject(body.reasoning)?.effort),
    }
  },
  readResponse(response) {
    let model: string | undefined
    let read: GenAiResponse = {}
    for (const event of openEventStream(response)?.backward() ?? []) {
      const document = event.json() ?? { response: { usage: event.trailing('usage', 2) } }
      model ??= asName(asObject(document.session)?.model)
      if (document.type !== 'session') read = readEvent(response, document)
    }
    return { model, ...read }
  },
  readContent: readOpenAiResponseContent,
}

function readEvent(response: ObservedResponse, event: JsonObject): GenAiResponse {
  const answer = asObject(event.response)
  if (answer === undefined)
    return known<GenAiResponse>({ usage: readTranscriptionUsage(event), error: readError(response, event) })
  const details = asObject(answer.status_details)
  return known<GenAiResponse>({
    id: asName(answer.id),
    model: asName(answer.model),
    conversationId: asName(answer.conversation_id),
    status: asName(answer.status),
    finishReasons: asNames(asLabel(details?.reason)),
    usage: readOpenAiUsage(answer.usage),
    error: answer.status === 'failed' ? (readError(response, details) ?? {}) : undefined,
  })
}
