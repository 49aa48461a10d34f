import { type Attributes, type Context, type Span, trace } from '@opentelemetry/api'
import type { GenAiRequest } from '../flavors/types.ts'
import * as semconv from '../semconv.ts'
import { attemptIn } from '../transports/current-attempt.ts'
import { INFERENCE } from './operations.ts'
import { attributesOf } from './span-attributes.ts'

const OPENINFERENCE_KIND = 'openinference.span.kind'

/**
 * What spans of a single call of a model are called, in OpenInference and in the conventions, and what they are for.
 * Those of agents, chains and tools aren't here: they may make many calls.
 */
const PURPOSES: ReadonlyMap<unknown, string> = new Map([
  ...['LLM', ...INFERENCE].map((kind) => [kind, 'inference'] as const),
  ...['EMBEDDING', 'embeddings'].map((kind) => [kind, 'embeddings'] as const),
])

/** Operations that look something up for an answer, possibly within that answer's span. */
const LOOK_UPS: ReadonlySet<string> = new Set(['embeddings', 'rerank'])

/** The span that an SDK or another instrumentation has opened for the call that is being made in this context. */
export function findForeignSpan(active: Context, request: GenAiRequest): Span | undefined {
  const span = trace.getSpan(active)
  if (span === undefined || !span.isRecording()) return undefined
  // The app's code that produces the body of a call runs in our span of it. If it calls a model meanwhile, that is
  // another call.
  if (attemptIn(active)?.call?.span === span) return undefined
  const attributes = attributesOf(span)
  return attributes !== undefined && isOf(request, attributes) ? span : undefined
}

function isOf({ operation, model }: GenAiRequest, attributes: Attributes): boolean {
  const isLookUp = LOOK_UPS.has(operation)
  const kind = attributes[OPENINFERENCE_KIND] ?? attributes[semconv.ATTR_OPERATION_NAME]
  if (kind !== undefined) return PURPOSES.get(kind) === (isLookUp ? operation : 'inference')
  const named = attributes[semconv.ATTR_REQUEST_MODEL]
  if (named === undefined || attributes[semconv.ATTR_SYSTEM] === undefined) return false
  return !isLookUp || named === model
}
