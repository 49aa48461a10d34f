import {
  type Attributes,
  type Context,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import * as semconv from '../semconv.ts'
import type { AttemptFailure } from './failure.ts'
import { attributesOf } from './span-attributes.ts'

/** The span of a call: one of ours, or one that somebody else opened for the same call. */
export interface CallSpan {
  readonly span: Span
  readonly context: Context
  set(attributes: Attributes): void
  rename(name: string): void
  fail(failure: AttemptFailure): void
  end(endedAt: number | undefined): void
  /**
   * Only where the span isn't ours: the listener is called just before the owner ends it, the last chance to add
   * anything.
   */
  onEndedByOwner?(listener: () => void): void
}

export interface OwnSpanStart {
  readonly tracer: Tracer
  readonly name: string
  readonly attributes: Attributes
  readonly startedAt: number
  readonly parentContext: Context
}

/** A span of ours, from its start to its end. */
export class OwnSpan implements CallSpan {
  readonly span: Span
  readonly context: Context

  constructor({ tracer, name, attributes, startedAt, parentContext }: OwnSpanStart) {
    const options = { kind: SpanKind.CLIENT, attributes, startTime: startedAt }
    this.span = tracer.startSpan(name, options, parentContext)
    this.context = trace.setSpan(parentContext, this.span)
  }

  set(attributes: Attributes): void {
    this.span.setAttributes(attributes)
  }

  rename(name: string): void {
    this.span.updateName(name)
  }

  fail({ message, exception }: AttemptFailure): void {
    this.span.setStatus({ code: SpanStatusCode.ERROR, ...(message !== undefined && { message }) })
    if (exception !== undefined) this.span.recordException(exception)
  }

  end(endedAt: number | undefined): void {
    this.span.end(endedAt)
  }
}

/**
 * Each owner of a span counts these in its own way (Bedrock's without cached tokens), and may write them after us: ours
 * get other names.
 */
const TOTALS: Readonly<Record<string, string>> = {
  [semconv.ATTR_USAGE_INPUT_TOKENS]: semconv.ATTR_SPANMETER_USAGE_INPUT_TOKENS,
  [semconv.ATTR_USAGE_OUTPUT_TOKENS]: semconv.ATTR_SPANMETER_USAGE_OUTPUT_TOKENS,
}

/**
 * Adds what we know to somebody else's span; what its owner has set stays.
 *
 * @param span recording, with attributes that can be read.
 */
export function completeForeignSpan(span: Span, attributes: Attributes, context: Context): CallSpan {
  const set = (more: Attributes): void => {
    const said = attributesOf(span)
    for (const name in more) {
      const value = more[name]
      const total = TOTALS[name]
      if (value !== undefined && total !== undefined) span.setAttribute(total, value)
      if (value !== undefined && said?.[name] === undefined) span.setAttribute(name, value)
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
