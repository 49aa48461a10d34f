import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { safe } from '../safely.ts'

type Listener = (message: never) => void

/**
 * Listens on diagnostics channels, by their names. What a listener throws there would be an uncaught exception of the
 * app, so it is caught.
 *
 * @returns a function that stops it.
 */
export function listenOn(channels: Readonly<Record<string, Listener>>): () => void {
  return listenMovably(channels).stop
}

export interface MovableListening {
  /** Moves it behind all others that are listening by now. */
  moveLast(): void
  stop(): void
}

export function listenMovably(channels: Readonly<Record<string, Listener>>): MovableListening {
  const listeners = Object.entries(channels).map(([channel, listen]) => ({
    channel,
    listener: safe(channel, listen as (message: unknown) => void),
  }))
  const start = (): void => {
    for (const { channel, listener } of listeners) subscribe(channel, listener)
  }
  const stop = (): void => {
    for (const { channel, listener } of listeners) unsubscribe(channel, listener)
  }
  start()
  return {
    moveLast() {
      stop()
      start()
    },
    stop,
  }
}
