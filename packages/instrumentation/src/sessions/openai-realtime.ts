import type { Attempt } from '../call/attempt.ts'
import { TextBody } from '../observation/text-body.ts'
import { asName, asObject, type JsonObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { asEvent, eventOf, membersAtBeginning, startAnswer } from './messages.ts'
import type { Session, SessionConnection, SessionMessage } from './types.ts'

/** The events that are read: the others are audio, text that the finished response repeats, or about no call. */
const READ: ReadonlySet<unknown> = new Set([
  'response.create',
  'session.created',
  'session.updated',
  'transcription_session.created',
  'transcription_session.updated',
  'input_audio_buffer.committed',
  'conversation.item.input_audio_transcription.completed',
  'response.created',
  'response.done',
  'error',
])

/** For how many pieces of input the time of their end is remembered; their transcriptions follow soon. */
const MAX_COMMITTED = 32

/** A response that the app has requested, and of which nothing has come yet. */
interface Requested {
  readonly attempt: Attempt
  /** The id by which an error refers to it. */
  readonly eventId: string | undefined
}

interface Responding {
  readonly id: string | undefined
  readonly attempt: Attempt
  /** Its first event: all that is known of it until it is done. */
  readonly created: SessionMessage
}

/**
 * OpenAI's spoken conversations, https://developers.openai.com/api/docs/guides/realtime-websocket, in both versions of
 * the events, and those of others who use the same events. Each response is a call, whether the app requested it or the
 * server heard the end of a turn. So is each transcription of what was said, which a model of its own makes.
 */
export class OpenAiRealtimeSession implements Session {
  readonly #connection: SessionConnection
  /** The settings of the session, as the server stated them last. */
  #session: JsonObject = {}
  readonly #requested: Requested[] = []
  readonly #responding: Responding[] = []
  readonly #committedAt = new Map<string | undefined, number>()

  constructor(connection: SessionConnection) {
    this.#connection = connection
  }

  wants(beginning: Uint8Array): boolean {
    const { type, response_id } = membersAtBeginning(beginning)
    if (typeof type !== 'string' || READ.has(type)) return true
    // A piece of an answer, of which only the time matters.
    if (type.startsWith('response.') && type.endsWith('.delta'))
      this.#respondingOf(asName(response_id))?.attempt.responsePassed()
    return false
  }

  sent(message: SessionMessage): void {
    const event = readDocument(message.body, ['type']) ?? {}
    if (event.type !== 'response.create') return
    const attempt = this.#beginResponse(message, asObject(event.response))
    this.#requested.push({ attempt, eventId: asName(event.event_id) })
  }

  received(message: SessionMessage): void {
    const event = readDocument(message.body, ['type']) ?? {}
    const response = asObject(event.response)
    switch (event.type) {
      case 'session.created':
      case 'session.updated':
      case 'transcription_session.created':
      case 'transcription_session.updated':
        this.#session = asObject(event.session) ?? this.#session
        break
      case 'input_audio_buffer.committed':
        this.#remember(asName(event.item_id), message.at)
        break
      case 'conversation.item.input_audio_transcription.completed':
        this.#transcribed(message, event)
        break
      case 'response.created':
        this.#created(message, asName(response?.id))
        break
      case 'response.done':
        this.#done(message, asName(response?.id))
        break
      case 'error':
        this.#refused(message, asName(asObject(event.error)?.event_id))
    }
  }

  closed(reason: Error): void {
    for (const { attempt } of this.#requested.splice(0)) attempt.failed(reason)
    for (const { attempt, created } of this.#responding.splice(0)) {
      this.#deliver(attempt, created)
      attempt.failed(reason)
    }
  }

  /** The settings of the request override those of the session. */
  #beginResponse(message: SessionMessage, request: JsonObject = {}): Attempt {
    return this.#connection.begin(message, new TextBody(JSON.stringify({ ...this.#session, ...request })))
  }

  #created(created: SessionMessage, id: string | undefined): Responding {
    const attempt = this.#requested.shift()?.attempt ?? this.#beginResponse(created)
    startAnswer(attempt)
    const responding = { id, attempt, created }
    this.#responding.push(responding)
    return responding
  }

  #done(message: SessionMessage, id: string | undefined): void {
    // If the app joined a conversation that was under way, the response may have begun before.
    const responding = this.#respondingOf(id) ?? this.#created(message, id)
    this.#deliver(responding.attempt, message)
    responding.attempt.responseEnded()
    this.#responding.splice(this.#responding.indexOf(responding), 1)
  }

  /** Passes the model on as well, which the response itself doesn't state. */
  #deliver(attempt: Attempt, { body }: SessionMessage): void {
    if (!attempt.active) return
    const { model } = this.#session
    attempt.responseChunk(Buffer.concat([eventOf({ type: 'session', session: { model } }), asEvent(body)]))
  }

  /** @param id unknown if the message is too long to be held whole. */
  #respondingOf(id: string | undefined): Responding | undefined {
    const [first] = this.#responding
    return id === undefined ? first : this.#responding.find((responding) => responding.id === id)
  }

  /** Most errors are about something else that the app has sent, and end no response. */
  #refused(message: SessionMessage, eventId: string | undefined): void {
    const index = this.#requested.findIndex((requested) => requested.eventId === eventId)
    const [refused] = index === -1 ? [] : this.#requested.splice(index, 1)
    if (refused === undefined) return
    startAnswer(refused.attempt)
    refused.attempt.responseChunk(asEvent(message.body))
    refused.attempt.responseEnded()
  }

  #remember(item: string | undefined, at: number): void {
    if (this.#committedAt.size === MAX_COMMITTED) this.#committedAt.delete([...this.#committedAt.keys()][0])
    this.#committedAt.set(item, at)
  }

  /** A transcription that states no usage is included in the price of the conversation. */
  #transcribed(message: SessionMessage, { item_id, usage }: JsonObject): void {
    const item = asName(item_id)
    const at = this.#committedAt.get(item) ?? message.at
    this.#committedAt.delete(item)
    if (asObject(usage) === undefined) return
    const request = new TextBody(JSON.stringify({ transcription: transcriptionOf(this.#session) }))
    const attempt = this.#connection.begin({ ...message, at }, request)
    startAnswer(attempt)
    attempt.responseChunk(asEvent(message.body))
    attempt.responseEnded()
  }
}

/** The settings for transcriptions, in either version. */
function transcriptionOf({ audio, input_audio_transcription }: JsonObject): JsonObject {
  return (
    asObject(asObject(asObject(audio)?.input)?.transcription) ?? asObject(input_audio_transcription) ?? {}
  )
}
