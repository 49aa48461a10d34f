import type { Attempt } from '../call/attempt.ts'
import { asName } from '../wire/json.ts'
import { readEdges } from '../wire/json-document.ts'
import { asEvent, membersAtBeginning, startAnswer } from './messages.ts'
import type { Session, SessionConnection, SessionMessage } from './types.ts'

/** The events that end a response. */
const LAST_EVENTS: readonly string[] = [
  'response.completed',
  'response.incomplete',
  'response.failed',
  'error',
]

interface Call {
  readonly attempt: Attempt
  /** The message that requested it. */
  readonly request: SessionMessage
  /** Calls in the same lane are answered one after another; lanes run in parallel. */
  readonly lane: string | undefined
}

/**
 * Responses over a WebSocket: each `response.create` is the body of a request, and the events that follow are those of its
 * stream. https://developers.openai.com/api/docs/guides/websocket-mode
 */
export class OpenAiResponsesSession implements Session {
  readonly #connection: SessionConnection
  readonly #calls: Call[] = []
  /** The last call that broke off: if it has been steered, another response continues it. */
  #brokenOff: Call | undefined

  constructor(connection: SessionConnection) {
    this.#connection = connection
  }

  wants(): boolean {
    return true
  }

  sent(message: SessionMessage): void {
    const { type, stream_id } = readEdges(message.body, ['type', 'stream_id']) ?? {}
    if (type === 'response.create') this.#begin(message, asName(stream_id))
  }

  received(message: SessionMessage): void {
    const type = asName(membersAtBeginning(message.body.head).type)
    if (type === undefined || type.startsWith('response.steer.')) return
    if (type !== 'error' && !type.startsWith('response.')) return
    const call = this.#callOf(message) ?? (type === 'response.created' ? this.#goOn(message) : undefined)
    if (call === undefined) return
    const { attempt } = call
    startAnswer(attempt)
    if (attempt.active) attempt.responseChunk(asEvent(message.body))
    if (!LAST_EVENTS.includes(type)) return
    attempt.responseEnded()
    this.#calls.splice(this.#calls.indexOf(call), 1)
    this.#brokenOff = type === 'response.incomplete' ? call : undefined
  }

  closed(reason: Error): void {
    for (const { attempt } of this.#calls.splice(0)) attempt.failed(reason)
  }

  #begin(request: SessionMessage, lane: string | undefined): Call {
    const call = { attempt: this.#connection.begin(request, request.body), request, lane }
    this.#calls.push(call)
    return call
  }

  #goOn({ at }: SessionMessage): Call | undefined {
    const steered = this.#brokenOff
    return steered && this.#begin({ ...steered.request, at }, steered.lane)
  }

  #callOf(message: SessionMessage): Call | undefined {
    if (this.#calls.length < 2) return this.#calls[0]
    const lane = asName(readEdges(message.body, ['stream_id'])?.stream_id)
    return this.#calls.find((call) => call.lane === lane)
  }
}
