import { openEventStream } from '../../wire/event-stream.ts'
import { asName, asObject, type JsonObject, objectsIn } from '../../wire/json.ts'
import type { StreamEvent } from '../../wire/stream-event.ts'
import type { ObservedRequest, ObservedResponse } from '../../wire/types.ts'
import {
  blobPart,
  nonEmpty,
  outputMessage,
  parseBody,
  textPart,
  toolCallPart,
  toolDefinition,
  toolResponsePart,
} from './parts.ts'
import { append, Pieces } from './pieces.ts'
import type { GenAiContent, MessagePart, OutputMessage } from './types.ts'

const MEDIA = ['image', 'video', 'audio', 'document']

export function readConverseContent(
  request: ObservedRequest,
  response: ObservedResponse | undefined,
): GenAiContent {
  const body = parseBody(request.body)
  return nonEmpty({
    systemInstructions: objectsIn(body?.system).flatMap(readBlock),
    inputMessages: objectsIn(body?.messages).map(({ role, content }) => ({
      role: asName(role) ?? 'user',
      parts: objectsIn(content).flatMap(readBlock),
    })),
    outputMessages: response && readOutput(response),
    toolDefinitions: objectsIn(asObject(body?.toolConfig)?.tools).flatMap((tool) => {
      const specification = asObject(tool.toolSpec) ?? {}
      return toolDefinition(
        specification.name,
        specification.description,
        asObject(specification.inputSchema)?.json,
      )
    }),
  })
}

function readBlock(block: JsonObject): MessagePart[] {
  const use = asObject(block.toolUse)
  const result = asObject(block.toolResult)
  const reasoning = asObject(block.reasoningContent)
  if (use !== undefined) return toolCallPart(use.name, use.toolUseId, use.input)
  if (result !== undefined) return toolResponsePart(result.toolUseId, result.content)
  if (reasoning !== undefined) {
    return textPart(asObject(reasoning.reasoningText)?.text ?? reasoning.text, 'reasoning')
  }
  for (const modality of MEDIA) {
    const media = asObject(block[modality])
    if (media === undefined) continue
    return blobPart(asObject(media.source)?.bytes, `${modality}/${asName(media.format) ?? '*'}`)
  }
  return textPart(block.text)
}

function readOutput(response: ObservedResponse): OutputMessage[] {
  const events = openEventStream(response)
  const document = events === undefined ? parseBody(response.body) : joinEvents(events.forward())
  const parts = objectsIn(asObject(asObject(document?.output)?.message)?.content).flatMap(readBlock)
  return parts.length === 0 ? [] : outputMessage(parts, document?.stopReason)
}

/** The answer that the events of a stream add up to. */
function joinEvents(events: Iterable<StreamEvent>): JsonObject {
  const blocks = new Pieces()
  let stopReason: unknown
  for (const event of events) {
    const document = event.json() ?? {}
    stopReason = document.stopReason ?? stopReason
    if (document.contentBlockIndex === undefined) continue
    const block = blocks.at(document.contentBlockIndex)
    const delta = asObject(document.delta) ?? {}
    append(block, 'text', delta.text)
    append(block, 'reasoning', asObject(delta.reasoningContent)?.text)
    append(block, 'input', asObject(delta.toolUse)?.input)
    Object.assign(block, asObject(asObject(document.start)?.toolUse))
  }
  const content = blocks.all().map(({ reasoning, input, toolUseId, name, ...block }) => {
    if (toolUseId !== undefined) return { toolUse: { toolUseId, name, input } }
    return reasoning === undefined ? block : { reasoningContent: { text: reasoning } }
  })
  return { output: { message: { content } }, stopReason }
}
