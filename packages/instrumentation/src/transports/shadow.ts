import type { EventEmitter } from 'node:events'

/**
 * Puts a method in front of the one that an object has from its class, on this one instance; whoever logs the object or
 * lists its properties doesn't get to see it.
 */
export function shadow<T extends object, K extends keyof T>(target: T, name: K, method: T[K]): void {
  Object.defineProperty(target, name, { value: method, writable: true, configurable: true })
}

/**
 * Sees what an emitter tells before its listeners do, without being one of them: apps count their listeners and remove
 * them all, and Node warns of the eleventh.
 */
export function watchEvents(
  emitter: EventEmitter,
  see: (event: string | symbol, ...told: unknown[]) => void,
): void {
  const { emit } = emitter
  shadow(emitter, 'emit', function (this: EventEmitter, event, ...args: unknown[]) {
    see(event, ...args)
    return emit.call(this, event, ...args)
  })
}
