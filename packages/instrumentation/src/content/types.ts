import type { JsonObject } from '../wire/json.ts'

/** Message content in the JSON schemas of the conventions: `gen_ai.input.messages` and the like. */
export interface MessageContent {
  inputMessages?: readonly Message[]
  outputMessages?: readonly Message[]
  systemInstructions?: readonly Part[]
  toolDefinitions?: readonly unknown[]
}

export interface Message {
  role: string
  parts: readonly Part[]
  finish_reason?: string
}

export type Part =
  | { type: 'text' | 'reasoning'; content: string }
  | { type: 'tool_call'; id?: string; name?: string; arguments?: unknown }
  | { type: 'tool_call_response'; id?: string; response: unknown }
  | { type: string; [member: string]: unknown }

/** Reads the content of one API flavor. Only ever called where the user has opted in. */
export interface ContentReader {
  /** The API flavor's name. */
  readonly flavor: string
  readRequest(body: JsonObject): MessageContent
  /** Of a whole answer. */
  readResponse(body: JsonObject): MessageContent
  /** Of the events of a streamed one. */
  readStream(events: readonly JsonObject[]): MessageContent
}
