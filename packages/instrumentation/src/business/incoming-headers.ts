import type { IncomingMessage } from 'node:http'
import { type Context, context, propagation } from '@opentelemetry/api'
import { safely } from '../safely.ts'

type Emit = (this: unknown, event: string | symbol, ...args: unknown[]) => boolean

/**
 * Takes business context from the headers of incoming requests, `x-tenant-id=tenant`, so that an app needs no code for
 * it: the handlers of `node:http` and `node:https` servers run with it as baggage.
 *
 * @param keys Baggage key by header name, in lower case.
 * @returns a function that puts everything back as it was.
 */
export function takeBaggageFromHeaders(keys: Readonly<Record<string, string>>): () => void {
  const names = Object.entries(keys)
  if (names.length === 0) return () => {}
  const http = process.getBuiltinModule('node:http')
  const https = process.getBuiltinModule('node:https')
  const restore = [http.Server.prototype, https.Server.prototype].map((prototype) =>
    wrapEmit(prototype, names),
  )
  return () => {
    for (const undo of restore) undo()
  }
}

function wrapEmit(prototype: { emit: unknown }, names: readonly (readonly [string, string])[]): () => void {
  const own = Object.getOwnPropertyDescriptor(prototype, 'emit')
  const emit = prototype.emit as Emit
  const wrapped: Emit = function (event, ...args) {
    if (event !== 'request') return emit.call(this, event, ...args)
    const active = safely('incoming headers', () => withBaggage(args[0] as IncomingMessage, names))
    return active === undefined
      ? emit.call(this, event, ...args)
      : context.with(active, () => emit.call(this, event, ...args))
  }
  // With the marks by which others find their own wrapper again.
  Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(emit))
  prototype.emit = wrapped
  return () => {
    if (prototype.emit !== wrapped) return
    if (own === undefined) delete (prototype as { emit?: unknown }).emit
    else Object.defineProperty(prototype, 'emit', own)
  }
}

function withBaggage(
  { headers }: IncomingMessage,
  names: readonly (readonly [string, string])[],
): Context | undefined {
  const active = context.active()
  let baggage = propagation.getBaggage(active)
  let found = false
  for (const [name, key] of names) {
    const value = headers[name]
    if (value === undefined) continue
    found = true
    baggage = (baggage ?? propagation.createBaggage()).setEntry(key, { value: String(value) })
  }
  return found && baggage !== undefined ? propagation.setBaggage(active, baggage) : undefined
}
