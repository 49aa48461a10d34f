import type { OpenSession } from '../sessions/types.ts'
import type { ObservedRequest, ObservedResponse, RequestHead } from '../wire/types.ts'
import type { GenAiContent } from './content/types.ts'

/**
 * One wire format (`openai-chat-completions`, `anthropic-messages`, ...), spoken by one provider or by many.
 * A member is data and pure functions. It never throws on what it is given and returns `undefined` for what it can't read.
 */
export interface ApiFlavor {
  /** The file's name. */
  readonly name: string
  /** `gen_ai.provider.name` if no provider is known for the host: a gateway, a proxy, a mock. */
  readonly provider: string
  /**
   * Methods and paths, by which alone requests are recognised, so that gateways, proxies and mocks are metered too:
   *
   * - `POST /v1/messages`: on any host, and whatever comes before it in the path;
   * - `POST api.exa.ai/answer`: on this host, and nothing before it. `*.exa.ai` is a domain and all hosts beneath it;
   *   elsewhere, `*` is any text.
   * - `{name}` is one segment of the path, or a part of one; `{name...}` is any text, also none. A colon may be encoded.
   *
   * Of several that fit, one with a host counts, then the one with most fixed characters in its path.
   */
  readonly endpoints: readonly string[]
  /** What else it takes. No allocation. */
  readonly accepts?: (request: RequestHead) => boolean
  /**
   * Reads the request; if the body isn't known, as far as method and path tell. What isn't known may be `undefined`,
   * here and in the response.
   *
   * @returns `undefined` where the body shows that this is no such call after all: some paths are shared.
   */
  readRequest(request: ObservedRequest): Draft<GenAiRequest> | undefined
  /** Reads the response, whether whole or not, a stream or not. */
  readResponse(response: ObservedResponse, request: GenAiRequest): ResponseDraft
  /**
   * Adds up what is spread over the whole body, as it passes: it may be far longer than what is held of it. The sum
   * overrides what {@link readResponse} reads.
   */
  openSum?(request: GenAiRequest): ResponseSum | undefined
  /**
   * For flavors spoken over a WebSocket: the endpoints are those of the handshake, and the session turns messages into
   * calls.
   */
  openSession?: OpenSession
  /**
   * Reads the content of the messages, only if the user wants it captured. It parses whole bodies; those that aren't
   * held whole give none.
   */
  readContent?(request: ObservedRequest, response: ObservedResponse | undefined): GenAiContent
}

export interface ResponseSum {
  /**
   * Whether the sum is right for a body that broke off: for the part that came. Otherwise only complete bodies have a
   * sum.
   */
  readonly countsParts?: boolean
  write(chunk: Uint8Array): void
  read(): ResponseDraft
}

/** An object whose optional members may be `undefined`, so that it mustn't be spread over another. */
export type Draft<T> = {
  [Name in keyof T]: Record<never, never> extends Pick<T, Name> ? T[Name] | undefined : T[Name]
}

/** As {@link Draft}, in the usage too. */
export type ResponseDraft = Draft<Omit<GenAiResponse, 'usage'>> & { usage?: Draft<GenAiUsage> | undefined }

/** What the request says; names follow the GenAI semantic conventions. */
export interface GenAiRequest {
  /** `gen_ai.operation.name`. */
  operation: string
  model?: string
  /** `gen_ai.provider.name`, if only the body tells it. */
  provider?: string
  /** The API flavors of the steps that a gateway is asked to try one after another. */
  passedOnBy?: readonly (string | undefined)[]
  stream?: boolean
  /** False if a stream will not state its usage because the request doesn't ask for it. */
  streamUsageRequested?: boolean
  outputType?: string
  choiceCount?: number
  maxTokens?: number
  temperature?: number
  topP?: number
  topK?: number
  frequencyPenalty?: number
  presencePenalty?: number
  seed?: number
  stopSequences?: string[]
  encodingFormats?: string[]
  embeddingDimensions?: number
  conversationId?: string
  /** `gen_ai.request.previous_response.id`. */
  previousResponseId?: string
  /** The response that is fetched, of a `fetch_response`. */
  responseId?: string
  /** The answer comes later, to a `fetch_response`: the call ends without usage. */
  background?: boolean
  /** By when a background response is wanted, if waiting makes it cheaper: `2h`. */
  completionWindow?: string
  /** `gen_ai.request.reasoning.level`. */
  reasoningEffort?: string
  serviceTier?: string
  batch?: boolean
  image?: { size?: string; quality?: string }
  /** The length of a text to be spoken, by which it is billed. */
  characters?: number
  searchContextSize?: string
  /** Whether the provider may run tools, which the answer then lists. */
  runsTools?: boolean
  /** The length of a video to be made, by which it is billed. */
  seconds?: number
  /** `gen_ai.agent.id`: of an agent that the provider hosts. */
  agentId?: string
  /** `gen_ai.prompt.name`: of a prompt that the provider keeps. */
  promptName?: string
  promptVersion?: string
  /** `aws.bedrock.guardrail.id`. */
  guardrailId?: string
  /** `aws.bedrock.knowledge_base.id`. */
  knowledgeBaseId?: string
  /** For a stream that is resumed: the last event that was received. */
  streamCursor?: string
}

/** What the response says. `undefined` is unknown; zero is a measurement. */
export interface GenAiResponse {
  id?: string
  model?: string
  finishReasons?: string[]
  conversationId?: string
  /** Whether the provider has shortened the conversation for this answer. */
  compacted?: boolean
  usage?: GenAiUsage
  furtherUsage?: FurtherUsage[]
  /** What it took to make the fetched response; reported if that was requested in the background. */
  fetched?: Pick<GenAiResponse, 'usage' | 'furtherUsage' | 'toolRequests' | 'declaredCost'>
  serviceTier?: string
  /** The window of a background response, if it is cheaper for that. */
  completionWindow?: string | undefined
  systemFingerprint?: string
  speed?: string
  inferenceGeo?: string
  batch?: boolean
  /** How often each tool was run by the provider: `web_search`, `file_search`, `code_execution`, ... */
  toolRequests?: Record<string, number>
  declaredCost?: { amount: number; currency: string }
  /** `queued`, `in_progress`, `completed`, ...: of a response that can be fetched later. */
  status?: string
  /** An error the provider reports, inside a 200 stream too: its own code or type. */
  error?: { type?: string; message?: string }
  /** There was a body, but it couldn't be read. */
  unreadable?: boolean
}

/** The usage of another model that worked for the call, billed at its own price. */
export interface FurtherUsage {
  model?: string
  usage: GenAiUsage
  /** Whether the call's own usage has this one in it. */
  included?: boolean
}

/** Totals include their parts: `inputTokens` includes cached, `outputTokens` includes reasoning. */
export interface GenAiUsage {
  inputTokens?: number
  cacheReadTokens?: number
  cacheWriteTokens?: number
  cacheWrite5mTokens?: number
  cacheWrite1hTokens?: number
  cacheWrite12hTokens?: number
  outputTokens?: number
  reasoningTokens?: number
  textInputTokens?: number
  textCacheReadTokens?: number
  textOutputTokens?: number
  audioInputTokens?: number
  audioCacheReadTokens?: number
  audioOutputTokens?: number
  imageInputTokens?: number
  imageCacheReadTokens?: number
  imageOutputTokens?: number
  videoInputTokens?: number
  videoOutputTokens?: number
  citationTokens?: number
  /** The billed part of the totals, if the provider states that it doesn't bill all. */
  billedInputTokens?: number
  billedOutputTokens?: number
  /** What shortening the conversation took, billed in addition to the totals. */
  compactionInputTokens?: number
  compactionCacheReadTokens?: number
  compactionCacheWriteTokens?: number
  compactionOutputTokens?: number
  images?: number
  seconds?: number
  characters?: number
  pages?: number
  searchUnits?: number
}
