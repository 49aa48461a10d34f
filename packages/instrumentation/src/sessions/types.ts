import type { Context } from '@opentelemetry/api'
import type { Attempt } from '../call/attempt.ts'
import type { ApiFlavor } from '../flavors/types.ts'
import type { ObservedBody, RequestHead } from '../wire/types.ts'

/** One message of a connection. */
export interface SessionMessage {
  readonly body: ObservedBody
  /** `performance.now()` when all of it had come. */
  readonly at: number
  /**
   * The context of a call that this message begins: where the app sent it or, for a received one, where it opened the
   * connection.
   */
  readonly context: Context
}

/** The connection that a session goes over: where its calls begin. */
export interface SessionConnection {
  /** Of the handshake. */
  readonly head: RequestHead
  /**
   * @param request from which the flavor reads the call's request: usually the message itself.
   * @param flavor of the call, if it isn't the session's.
   */
  begin(message: SessionMessage, request: ObservedBody, flavor?: ApiFlavor): Attempt
}

/**
 * Turns the messages of one connection into calls: a small state machine for each protocol. It gets all messages in the
 * order in which they came, holds no more than what is under way, and never throws on what it is given.
 */
export interface Session {
  /**
   * @param beginning the first bytes of a message. Short messages are always kept.
   * @returns whether the session needs the message: most are audio.
   */
  wants(beginning: Uint8Array): boolean
  sent(message: SessionMessage): void
  received(message: SessionMessage): void
  /** The connection is over, and with it what is under way. */
  closed(reason: Error): void
}

/** Opens the session of a connection. */
export type OpenSession = (connection: SessionConnection) => Session
