import { anthropicMessagesContent } from './anthropic-messages.ts'
import { openaiChatCompletionsContent } from './openai-chat-completions.ts'
import { openaiResponsesContent } from './openai-responses.ts'
import type { ContentReader } from './types.ts'

/** The API flavors whose message content can be captured. */
export const contentReaders: readonly ContentReader[] = [
  openaiChatCompletionsContent,
  openaiResponsesContent,
  anthropicMessagesContent,
]
