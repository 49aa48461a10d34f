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
  /** `gen_ai.provider.name` on a host that no provider claims: a gateway, a proxy, a mock. */
  readonly provider: string
  /**
   * What every path that it matches ends in, behind the last slash or colon; left out where that may be anything. Only an
   * index: {@link matches} has the word.
   */
  readonly endings?: readonly string[]
  /** Where that may be anything: what every path has at least one of in it. Also an index only. */
  readonly markers?: readonly string[]
  /**
   * Whether a request speaks this flavor, by method and path alone: true on any host, so that gateways,
   * proxies and mocks are metered too. Called for every outgoing request: no allocation.
   */
  matches(request: RequestHead): boolean
  /**
   * Reads what is asked for; with no body at hand, what method and path tell.
   *
   * @returns `undefined` where the body shows that this is no such call after all: some paths are shared.
   */
  readRequest(request: ObservedRequest): GenAiRequest | undefined
  /** Reads what came, whole or not, stream or not. */
  readResponse(response: ObservedResponse, request: GenAiRequest): GenAiResponse
  /**
   * Adds up what stands all over a body, which may be far longer than what is held of it, while it passes. The sum goes with
   * what {@link readResponse} reads.
   */
  openSum?(request: GenAiRequest): ResponseSum | undefined
  /** Spoken over a WebSocket, where the handshake is what matches: what is said there are calls. */
  openSession?: OpenSession
  /**
   * Reads the messages themselves: only where the user has asked for it, as it parses all there is. Bodies that aren't
   * held whole give none.
   */
  readContent?(request: ObservedRequest, response: ObservedResponse | undefined): GenAiContent
}

export interface ResponseSum {
  /** Whether a part is right for what it is a part of. Else there is no sum of a body that didn't come to its end. */
  readonly countsParts?: boolean
  write(chunk: Uint8Array): void
  read(): GenAiResponse
}

/** What the request says; names follow the GenAI semantic conventions. */
export interface GenAiRequest {
  /** `gen_ai.operation.name`. */
  operation: string
  model?: string
  /** `gen_ai.provider.name`, where only the body tells. */
  provider?: string
  /** The API flavors that a gateway is asked to pass the request on by, one after the other. */
  passedOnBy?: readonly (string | undefined)[]
  stream?: boolean
  /** False where a stream will not carry usage because nobody asked for it. */
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
  /** By when a response of the background is wanted, where one that may wait costs less: `2h`. */
  completionWindow?: string
  /** `gen_ai.request.reasoning.level`. */
  reasoningEffort?: string
  serviceTier?: string
  batch?: boolean
  image?: { size?: string; quality?: string }
  /** Of a text to be spoken, which is billed by its length. */
  characters?: number
  searchContextSize?: string
  /** The provider may run tools, which the answer lists. */
  runsTools?: boolean
  /** Of a video to be made, which is billed by its length. */
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
  /** Of a stream that is taken up again: the last event that was received of it. */
  streamCursor?: string
}

/** What the response says. `undefined` is unknown; zero is a measurement. */
export interface GenAiResponse {
  id?: string
  model?: string
  finishReasons?: string[]
  conversationId?: string
  /** The provider has made the conversation shorter for this answer. */
  compacted?: boolean
  usage?: GenAiUsage
  furtherUsage?: FurtherUsage[]
  /** What the response took that is fetched; reported where it was asked for in the background. */
  fetched?: Pick<GenAiResponse, 'usage' | 'furtherUsage' | 'toolRequests' | 'declaredCost'>
  serviceTier?: string
  /** In which it was made in the background, where that costs less. */
  completionWindow?: string | undefined
  systemFingerprint?: string
  speed?: string
  inferenceGeo?: string
  batch?: boolean
  /** Provider-side tool calls by name: `web_search`, `file_search`, `code_execution`, ... */
  toolRequests?: Record<string, number>
  declaredCost?: { amount: number; currency: string }
  /** `queued`, `in_progress`, `completed`, ...: of a response that can be fetched later. */
  status?: string
  /** An error the provider reports, inside a 200 stream too: its own code or type. */
  error?: { type?: string; message?: string }
  /** Why usage is absent from a body that was there: the body couldn't be read. */
  unreadable?: boolean
}

/** What another model used that worked for the call, and is billed at its own price. */
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
  /** What is billed of the totals, where the provider says that it is not all of them. */
  billedInputTokens?: number
  billedOutputTokens?: number
  /** What making the conversation shorter took, which is billed beside the totals. */
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
