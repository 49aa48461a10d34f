import type { Attempt } from '../call/attempt.ts'
import { TextBody } from '../observation/text-body.ts'
import { asBuffer } from '../wire/bytes.ts'
import { asName, asObject, type JsonObject, objectsIn } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import type { ObservedBody } from '../wire/types.ts'
import { eventOf, startAnswer } from './messages.ts'
import type { Session, SessionConnection, SessionMessage } from './types.ts'

/** Audio and images that the app sends. */
const SENT_MEDIA = /^\s*\{\s*"realtimeInput"\s*:\s*\{\s*"(audio|video|mediaChunks)"/

/** A longer message is audio, unless it contains one of these names. */
const MAX_TEXT_BYTES = 4096
const SAYING = [
  '"usageMetadata"',
  '"turnComplete"',
  '"interrupted"',
  '"groundingMetadata"',
  '"toolCall"',
  '"text"',
]

/** A turn of the model: its answer, or the part of it before the app has to run a tool. */
interface Turn {
  readonly attempt: Attempt
  hasContent: boolean
  calledTools: boolean
  usage: JsonObject | undefined
  finishReason: string | undefined
  /** It is complete but for its usage. */
  isComplete: boolean
}

/**
 * Gemini's spoken conversations, https://ai.google.dev/api/live: each turn of the model is a call. Its usage is stated
 * once, in any message of the turn, and for that turn alone: https://github.com/pydantic/pydantic-ai/pull/7269.
 *
 * Turns are passed on as what they would be over HTTP: the chunks of a `GenerateContentResponse`.
 */
export class GoogleLiveSession implements Session {
  readonly #connection: SessionConnection
  #setup: JsonObject = {}
  /** The current turn, then those that have been requested meanwhile. */
  readonly #turns: Turn[] = []

  constructor(connection: SessionConnection) {
    this.#connection = connection
  }

  wants(beginning: Uint8Array): boolean {
    return !SENT_MEDIA.test(asBuffer(beginning).toString('latin1', 0, 64))
  }

  sent(message: SessionMessage): void {
    const event = readDocument(message.body, []) ?? {}
    this.#setup = asObject(event.setup) ?? this.#setup
    const contents = requestedContents(event)
    if (contents === undefined) return
    const [current] = this.#turns
    // Whatever the app says before an answer begins is part of the same request.
    if (current?.hasContent === false) return
    if (current?.calledTools === true && 'toolResponse' in event) this.#end(current)
    this.#begin(message, contents)
  }

  received(message: SessionMessage): void {
    const event = isSound(message.body) ? undefined : (readDocument(message.body, ['usageMetadata']) ?? {})
    const content = asObject(event?.serverContent)
    const parts = partsOf(event, content)
    const isContent = event === undefined || parts.length > 0 || isAudible(content)
    const usage = asObject(event?.usageMetadata)
    const [before] = this.#turns
    if (before?.isComplete === true && isContent) this.#end(before)
    if (this.#turns.length === 0 && !isContent && usage === undefined) return
    const isOfUsageAlone = this.#turns.length === 0 && !isContent
    const turn = this.#turns[0] ?? this.#begin(message)
    if (isContent || content?.groundingMetadata !== undefined) this.#addContent(turn, parts, content)
    turn.usage = usage ?? turn.usage
    turn.calledTools ||= asObject(event?.toolCall) !== undefined
    turn.finishReason = reasonOf(content) ?? turn.finishReason
    turn.isComplete ||= content?.turnComplete === true || isOfUsageAlone
    if (turn.isComplete) turn.finishReason ??= 'STOP'
    if (turn.isComplete && turn.usage !== undefined) this.#end(turn)
  }

  closed(reason: Error): void {
    for (const turn of this.#turns.splice(0)) {
      if (turn.isComplete || turn.hasContent) this.#writeEnd(turn)
      if (turn.isComplete) turn.attempt.responseEnded()
      else turn.attempt.failed(reason)
    }
  }

  #begin(message: SessionMessage, contents: readonly unknown[] = []): Turn {
    const request = new TextBody(JSON.stringify({ model: this.#setup.model, ...this.#setup, contents }))
    const turn: Turn = {
      attempt: this.#connection.begin(message, request),
      hasContent: false,
      calledTools: false,
      usage: undefined,
      finishReason: undefined,
      isComplete: false,
    }
    this.#turns.push(turn)
    return turn
  }

  #addContent(turn: Turn, parts: readonly JsonObject[], content: JsonObject | undefined): void {
    const { attempt } = turn
    turn.hasContent = true
    startAnswer(attempt)
    const groundingMetadata = content?.groundingMetadata
    if (parts.length === 0 && groundingMetadata === undefined) attempt.responsePassed()
    else
      attempt.responseChunk(
        eventOf({ candidates: [{ content: { role: 'model', parts }, groundingMetadata }] }),
      )
  }

  #end(turn: Turn): void {
    this.#turns.splice(this.#turns.indexOf(turn), 1)
    this.#writeEnd(turn)
    turn.attempt.responseEnded()
  }

  #writeEnd({ attempt, usage, finishReason }: Turn): void {
    startAnswer(attempt)
    attempt.responseChunk(eventOf({ candidates: [{ finishReason }], usageMetadata: usage }))
  }
}

/** @returns the contents with which a message requests an answer; `undefined` if it doesn't. */
function requestedContents(event: JsonObject): readonly unknown[] | undefined {
  const { clientContent, toolResponse, realtimeInput } = event
  const content = asObject(clientContent)
  if (content !== undefined) return content.turnComplete === true ? objectsIn(content.turns) : undefined
  const results = asObject(toolResponse)
  if (results !== undefined) {
    const responses = objectsIn(results.functionResponses)
    return [{ role: 'user', parts: responses.map((functionResponse) => ({ functionResponse })) }]
  }
  const input = asObject(realtimeInput)
  if (typeof input?.text === 'string') return [{ role: 'user', parts: [{ text: input.text }] }]
  return input !== undefined && 'activityEnd' in input ? [] : undefined
}

/** The text and the tool calls in a message, without the audio. */
function partsOf(event: JsonObject | undefined, content: JsonObject | undefined): JsonObject[] {
  const calls = objectsIn(asObject(event?.toolCall)?.functionCalls)
  const spoken = asName(asObject(content?.outputTranscription)?.text)
  return [
    ...objectsIn(asObject(content?.modelTurn)?.parts).filter((part) => typeof part.text === 'string'),
    ...(spoken === undefined ? [] : [{ text: spoken }]),
    ...calls.map((functionCall) => ({ functionCall })),
  ]
}

function isAudible(content: JsonObject | undefined): boolean {
  return asObject(content?.modelTurn) !== undefined
}

/** Why a turn has ended, if it says so. Otherwise, a complete one has simply stopped. */
function reasonOf(content: JsonObject | undefined): string | undefined {
  if (content?.interrupted === true) return 'interrupted'
  return asName(content?.turnCompleteReason)
}

function isSound({ head, tail, complete, totalBytes }: ObservedBody): boolean {
  if (totalBytes <= MAX_TEXT_BYTES) return false
  const ends = complete ? [head] : [head, tail]
  return !ends.some((bytes) => SAYING.some((name) => asBuffer(bytes).includes(name)))
}
