import type { EventEmitter } from 'node:events'

/**
 * Overrides a method of its class on this one object. The property isn't enumerable, and so isn't seen where the object
 * is logged or its properties are listed.
 */
export function shadow<T extends object, K extends keyof T>(target: T, name: K, method: T[K]): void {
  Object.defineProperty(target, name, { value: method, writable: true, configurable: true })
}

/**
 * Sees the events of an emitter before its listeners do, without adding one: apps count listeners or remove them all,
 * and Node warns of the eleventh.
 */
export function watchEvents(
  emitter: EventEmitter,
  listener: (event: string | symbol, ...args: unknown[]) => void,
): void {
  const { emit } = emitter
  shadow(emitter, 'emit', function (this: EventEmitter, event, ...args: unknown[]) {
    listener(event, ...args)
    return emit.call(this, event, ...args)
  })
}
