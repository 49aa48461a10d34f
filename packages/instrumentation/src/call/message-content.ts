import type { AnyValue, Attributes } from '@opentelemetry/api'
import type { MeteringConfiguration } from '../configuration.ts'
import type { GenAiContent } from '../flavors/content/types.ts'
import * as semconv from '../semconv.ts'
import { parseJson } from '../wire/json.ts'

/** Text shorter than this isn't worth cutting any further. */
const SHORTEST_TEXT = 16

/** The content of a call as attributes: each a JSON text by the schemas of the conventions, cut and redacted. */
export function contentAttributes(
  content: GenAiContent,
  { contentMaxLength, redactContent }: MeteringConfiguration,
): Attributes {
  const attributes: Attributes = {}
  const add = (name: string, value: unknown): void => {
    const text = value === undefined ? undefined : stringifyWithin(value, contentMaxLength)
    const redacted = text === undefined || redactContent === undefined ? text : redactContent(text, name)
    if (redacted !== undefined) attributes[name] = redacted
  }
  add(semconv.ATTR_SYSTEM_INSTRUCTIONS, content.systemInstructions)
  add(semconv.ATTR_INPUT_MESSAGES, content.inputMessages)
  add(semconv.ATTR_TOOL_DEFINITIONS, content.toolDefinitions)
  add(semconv.ATTR_OUTPUT_MESSAGES, content.outputMessages)
  return attributes
}

/**
 * "When the attribute is recorded on events, it MUST be recorded in structured form". If `redactContent` has made it
 * anything else than JSON, it stays a string.
 */
export function structured(content: Attributes): Record<string, AnyValue> {
  const values = Object.entries(content).map(([name, text]) => [name, parseJson(String(text)) ?? text])
  return Object.fromEntries(values)
}

/** Cuts the longest texts until the whole is no longer than `limit`. */
function stringifyWithin(value: unknown, limit: number): string | undefined {
  for (let longest = limit; longest >= SHORTEST_TEXT; longest = Math.floor(longest / 2)) {
    const text = JSON.stringify(value, (_, member: unknown) =>
      typeof member === 'string' && member.length > longest
        ? `${member.slice(0, longest).toWellFormed()}…`
        : member,
    )
    if (text.length <= limit) return text
  }
  return undefined
}
