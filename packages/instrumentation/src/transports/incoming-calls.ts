import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage } from 'node:http'
import {
  type Context,
  propagation,
  ROOT_CONTEXT,
  type SpanContext,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import { loadFamilies } from '../load-families.ts'
import { requestHeadFromUrl } from '../request-head.ts'
import { listenOn } from './channels.ts'
import { watchEvents } from './shadow.ts'

/** The span, in another process, of the call that is being answered here. */
const answered = new AsyncLocalStorage<SpanContext | undefined>()

/**
 * Looks for calls of models among the requests that servers of `node:http` receive: this app is a gateway then, and the
 * calls that it makes to answer one are children of its client's span. Otherwise both would be billed.
 *
 * @returns a function that stops it.
 */
export function observeIncomingCalls(): () => void {
  return listenOn({
    'http.server.request.start': ({ request }: { request: IncomingMessage }) => {
      const caller = callerOf(request)
      // For the rest of this tick, in which the server's listeners run, and all that they start.
      if (answered.getStore() !== caller) answered.enterWith(caller)
      // The body comes later, from outside of what the listeners have started.
      if (caller !== undefined) watchEvents(request, () => answered.enterWith(caller))
    },
  })
}

function callerOf(request: IncomingMessage): SpanContext | undefined {
  const head = request.method === 'POST' && requestHeadFromUrl('POST', `http://localhost${request.url}`)
  if (!head || loadFamilies().findFlavor(head) === undefined) return undefined
  const caller = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, request.headers))
  // As a child of a span that isn't sampled, a call would cost nothing.
  return caller !== undefined && (caller.traceFlags & TraceFlags.SAMPLED) !== 0 ? caller : undefined
}

/** The same context, in which a call that is to be its client's child is one, if no span is active. */
export function beneathCaller(active: Context): Context {
  const caller = answered.getStore()
  return caller === undefined || trace.getSpan(active) !== undefined
    ? active
    : trace.setSpanContext(active, caller)
}
