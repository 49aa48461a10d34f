import { anthropicMessages } from './anthropic-messages.ts'
import { openaiChatCompletions } from './openai-chat-completions.ts'
import { openaiEmbeddings } from './openai-embeddings.ts'
import { openaiResponses } from './openai-responses.ts'
import { openaiResponsesRetrieve } from './openai-responses-retrieve.ts'
import type { ApiFlavor } from './types.ts'

/** Every API flavor that is metered. Where two share a path, the earlier one is asked first. */
export const flavors: readonly ApiFlavor[] = [
  openaiChatCompletions,
  openaiResponses,
  openaiEmbeddings,
  anthropicMessages,
  openaiResponsesRetrieve,
]
