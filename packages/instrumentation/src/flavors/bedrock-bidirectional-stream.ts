import { openEventStream } from '../wire/event-stream.ts'
import { asCount, asName, asNames, asObject, type JsonObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import { bedrockModelOf, readException } from './readers/bedrock.ts'
import { chunkOf } from './readers/bedrock-invocation.ts'
import { readFailure } from './readers/errors.ts'
import { anyKnown } from './readers/known.ts'
import type { ApiFlavor, GenAiUsage, ResponseDraft } from './types.ts'

/** After the last event with usage, which every turn has, come the audio and the end of an answer. */
const LAST_EVENTS = 64

/**
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithBidirectionalStream.html: a spoken
 * conversation with Nova Sonic is one call, as its events count the usage of the conversation so far.
 */
export const bedrockBidirectionalStream: ApiFlavor = {
  name: 'bedrock-bidirectional-stream',
  provider: 'aws.bedrock',
  endpoints: ['POST /model/{model...}/invoke-with-bidirectional-stream'],
  readRequest: ({ path }) => ({
    operation: 'chat',
    outputType: 'speech',
    stream: true,
    model: bedrockModelOf(path),
  }),
  readResponse(response) {
    const events = openEventStream(response)
    if (response.status >= 400 || events === undefined)
      return readFailure(response, readDocument(response.body, []))
    const result: ResponseDraft = {}
    for (const frame of atMost(LAST_EVENTS, events.backward())) {
      const chunk = chunkOf(frame)
      result.error ??= readException(chunk)
      const event = asObject(chunk.json()?.event)
      const end = asObject(event?.completionEnd)
      result.finishReasons ??= asNames(end?.stopReason)
      const used = asObject(event?.usageEvent)
      if (used === undefined) continue
      result.conversationId = asName(used.sessionId)
      result.usage = readSonicUsage(used)
      break
    }
    return result
  },
}

function readSonicUsage(event: JsonObject): GenAiUsage | undefined {
  const total = asObject(asObject(event.details)?.total)
  const input = asObject(total?.input)
  const output = asObject(total?.output)
  return anyKnown<GenAiUsage>({
    inputTokens: asCount(event.totalInputTokens),
    outputTokens: asCount(event.totalOutputTokens),
    textInputTokens: asCount(input?.textTokens),
    textOutputTokens: asCount(output?.textTokens),
    audioInputTokens: asCount(input?.speechTokens),
    audioOutputTokens: asCount(output?.speechTokens),
  })
}
