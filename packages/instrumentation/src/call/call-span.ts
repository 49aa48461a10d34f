import {
  type Attributes,
  type Context,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import type { AttemptFailure } from './failure.ts'

/** The span that a call is told on: one of ours, or one that somebody else opened for the same call. */
export interface CallSpan {
  readonly span: Span
  readonly context: Context
  set(attributes: Attributes): void
  rename(name: string): void
  fail(failure: AttemptFailure): void
  end(endedAt: number | undefined): void
  /** Of a span that isn't ours: called just before its owner ends it, the last moment to say anything. */
  onEndedByOwner?(listener: () => void): void
}

export interface OwnSpanStart {
  readonly tracer: Tracer
  readonly name: string
  readonly attributes: Attributes
  readonly startedAt: number
  readonly parentContext: Context
}

export function startOwnSpan({ tracer, name, attributes, startedAt, parentContext }: OwnSpanStart): CallSpan {
  const options = { kind: SpanKind.CLIENT, attributes: defined(attributes), startTime: startedAt }
  const span = tracer.startSpan(name, options, parentContext)
  return {
    span,
    context: trace.setSpan(parentContext, span),
    set: (more) => span.setAttributes(defined(more)),
    rename: (to) => span.updateName(to),
    fail({ message, exception }) {
      span.setStatus({ code: SpanStatusCode.ERROR, ...(message !== undefined && { message }) })
      if (exception !== undefined) span.recordException(exception)
    },
    end: (endedAt) => span.end(endedAt),
  }
}

/** @param span A recording span whose attributes can be read: what its owner says of the call stands. */
export function completeForeignSpan(span: ReadableSpan, attributes: Attributes, context: Context): CallSpan {
  const set = (more: Attributes): void => {
    for (const name in more) {
      const value = more[name]
      if (value !== undefined && span.attributes[name] === undefined) span.setAttribute(name, value)
    }
  }
  set(attributes)
  return {
    span,
    context,
    set,
    rename() {},
    fail() {},
    end() {},
    onEndedByOwner(listener) {
      const end = span.end
      span.end = function (...args) {
        span.end = end
        listener()
        end.apply(this, args)
      }
    },
  }
}

/** A span of an SDK: the API promises no way to read it. */
export type ReadableSpan = Span & { readonly attributes: Attributes; readonly kind?: SpanKind }

/** The SDK warns of an attribute without a value, and of a model without a name nobody wants to be warned. */
function defined(attributes: Attributes): Attributes {
  for (const name in attributes) if (attributes[name] === undefined) delete attributes[name]
  return attributes
}
