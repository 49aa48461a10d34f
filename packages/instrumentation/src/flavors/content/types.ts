/**
 * Message content in the JSON schemas of the GenAI conventions: what `gen_ai.system_instructions`,
 * `gen_ai.input.messages`, `gen_ai.output.messages` and `gen_ai.tool.definitions` hold. Members without content are absent.
 */
export interface GenAiContent {
  systemInstructions?: MessagePart[]
  inputMessages?: ChatMessage[]
  outputMessages?: OutputMessage[]
  toolDefinitions?: ToolDefinition[]
}

export interface ChatMessage {
  role: string
  parts: MessagePart[]
  name?: string
}

export interface OutputMessage extends ChatMessage {
  /** `stop`, `length`, `content_filter`, `tool_call`, `error`, or the provider's own word. */
  finish_reason: string
}

export type MessagePart =
  | { type: 'text' | 'reasoning'; content: string }
  | { type: 'tool_call'; id?: string; name: string; arguments?: unknown }
  | { type: 'tool_call_response'; id?: string; response: unknown }
  | { type: 'server_tool_call'; id?: string; name: string; server_tool_call: { type: string } }
  | { type: 'server_tool_call_response'; id?: string; server_tool_call_response: { type: string } }
  | { type: 'blob'; modality: string; content: string; mime_type?: string }
  | { type: 'file'; modality: string; file_id: string; mime_type?: string }
  | { type: 'uri'; modality: string; uri: string; mime_type?: string }

export interface ToolDefinition {
  type: string
  name: string
  description?: string
  parameters?: unknown
}
