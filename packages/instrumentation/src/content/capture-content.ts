import type { Attributes } from '@opentelemetry/api'
import type { MeteringConfiguration } from '../configuration.ts'
import * as semconv from '../semconv.ts'
import { openEventStream } from '../wire/event-stream.ts'
import { type JsonObject, parseObject } from '../wire/json.ts'
import type { ObservedBody, ObservedResponse } from '../wire/types.ts'
import { contentReaders } from './index.ts'
import type { MessageContent } from './types.ts'

/** Text shorter than this isn't worth cutting any further. */
const SHORTEST_TEXT = 16

/**
 * The content of a call as attributes, each a JSON text by the schemas of the conventions.
 *
 * Bodies longer than what is kept of them give none: half a message is no message.
 */
export function captureContent(
  flavor: string,
  requestBody: ObservedBody | undefined,
  response: ObservedResponse | undefined,
  { contentMaxLength, redactContent }: MeteringConfiguration,
): Attributes {
  const reader = contentReaders.find((candidate) => candidate.flavor === flavor)
  if (reader === undefined) return {}
  const request = requestBody && parseWhole(requestBody)
  const attributes: Attributes = {}
  const add = (name: string, value: unknown): void => {
    const text = value === undefined ? undefined : stringifyWithin(value, contentMaxLength)
    const redacted = text === undefined || redactContent === undefined ? text : redactContent(text, name)
    if (redacted !== undefined) attributes[name] = redacted
  }
  const asked: MessageContent = request === undefined ? {} : reader.readRequest(request)
  const answered = response === undefined ? {} : readResponse(reader, response)
  add(semconv.ATTR_SYSTEM_INSTRUCTIONS, asked.systemInstructions)
  add(semconv.ATTR_INPUT_MESSAGES, asked.inputMessages)
  add(semconv.ATTR_TOOL_DEFINITIONS, asked.toolDefinitions)
  add(semconv.ATTR_OUTPUT_MESSAGES, answered.outputMessages)
  return attributes
}

function readResponse(reader: (typeof contentReaders)[number], response: ObservedResponse): MessageContent {
  if (response.status >= 400 || !response.body.complete) return {}
  const document = parseWhole(response.body)
  if (document !== undefined) return reader.readResponse(document)
  const events: JsonObject[] = []
  for (const event of openEventStream(response)?.forward() ?? []) {
    const data = event.json()
    if (data !== undefined) events.push(data)
  }
  return events.length === 0 ? {} : reader.readStream(events)
}

function parseWhole(body: ObservedBody): JsonObject | undefined {
  return body.complete ? parseObject(Buffer.from(body.head).toString('utf8')) : undefined
}

/** Cuts the longest texts until the whole is no longer than `limit`. */
function stringifyWithin(value: unknown, limit: number): string | undefined {
  for (let longest = limit; longest >= SHORTEST_TEXT; longest = Math.floor(longest / 2)) {
    const text = JSON.stringify(value, (_, member: unknown) =>
      typeof member === 'string' && member.length > longest ? `${member.slice(0, longest)}…` : member,
    )
    if (text.length <= limit) return text
  }
  return undefined
}
