import type { Attempt } from '../call/attempt.ts'
import { openaiResponsesWebsocket } from '../flavors/openai-responses-websocket.ts'
import { TextBody } from '../observation/text-body.ts'
import { asName, asObject, type JsonObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { asEvent, eventOf, membersAtBeginning, startAnswer } from './messages.ts'
import type { Session, SessionConnection, SessionMessage } from './types.ts'

/** The events that are read: the others are audio, and text of what is spoken. */
const READ: ReadonlySet<unknown> = new Set([
  'session.started',
  'session.usage.updated',
  'session.closed',
  'response.event',
])

/** The events that end a delegated response. */
const LAST_EVENTS: ReadonlySet<unknown> = new Set([
  'response.completed',
  'response.incomplete',
  'response.failed',
])

/**
 * OpenAI's Live API, https://developers.openai.com/api/docs/guides/live-prompting: a whole conversation is one call,
 * billed by its duration so far, which its events state. What it delegates to another model is a call of that model.
 */
export class OpenAiLiveSession implements Session {
  readonly #connection: SessionConnection
  #conversation: Attempt | undefined
  readonly #delegated = new Map<string | undefined, Attempt>()

  constructor(connection: SessionConnection) {
    this.#connection = connection
  }

  wants(beginning: Uint8Array): boolean {
    const { type } = membersAtBeginning(beginning)
    return typeof type !== 'string' || READ.has(type)
  }

  sent(): void {}

  received(message: SessionMessage): void {
    const { type, event, session } = readDocument(message.body, ['type']) ?? {}
    if (type === 'response.event') this.#delegate(message, asObject(event) ?? {})
    else if (type === 'session.started') this.#start(message, asObject(session))
    else if (type === 'session.usage.updated') this.#conversation?.responseChunk(asEvent(message.body))
    else if (type === 'session.closed') {
      this.#conversation?.responseChunk(asEvent(message.body))
      this.#conversation?.responseEnded()
    }
  }

  closed(reason: Error): void {
    for (const attempt of this.#delegated.values()) attempt.failed(reason)
    this.#delegated.clear()
    this.#conversation?.failed(reason)
  }

  #start(message: SessionMessage, session: JsonObject = {}): void {
    const { model, id, instructions } = session
    const request = new TextBody(JSON.stringify({ model, id, instructions }))
    this.#conversation ??= this.#connection.begin(message, request)
    startAnswer(this.#conversation)
  }

  #delegate(message: SessionMessage, event: JsonObject): void {
    const response = asObject(event.response)
    const id = asName(response?.id)
    if (event.type === 'response.created') {
      const request = new TextBody(JSON.stringify({ model: response?.model, input: '' }))
      const attempt = this.#connection.begin(message, request, openaiResponsesWebsocket)
      startAnswer(attempt)
      this.#delegated.set(id, attempt)
    }
    const attempt = this.#delegated.get(id)
    if (attempt === undefined || !LAST_EVENTS.has(event.type)) return
    attempt.responseChunk(eventOf(event))
    attempt.responseEnded()
    this.#delegated.delete(id)
  }
}
