import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { safely } from '../safely.ts'

type Listener = (message: never) => void

/**
 * Listens on diagnostics channels, by their names. What a listener throws there is an uncaught exception of the app.
 *
 * @returns what ends it.
 */
export function listenOn(channels: Readonly<Record<string, Listener>>): () => void {
  const listeners = Object.entries(channels).map(([channel, listen]) => {
    const listener = (message: unknown): void => {
      safely(channel, () => listen(message as never))
    }
    subscribe(channel, listener)
    return { channel, listener }
  })
  return () => {
    for (const { channel, listener } of listeners) unsubscribe(channel, listener)
  }
}
