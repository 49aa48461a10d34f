import type { Attributes } from '@opentelemetry/api'
import type { MeteringConfiguration } from '../configuration.ts'
import type { GenAiContent } from '../flavors/content/types.ts'
import * as semconv from '../semconv.ts'

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
