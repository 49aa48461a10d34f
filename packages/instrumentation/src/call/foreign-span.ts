import { type Attributes, type Context, type Span, trace } from '@opentelemetry/api'
import type { GenAiRequest } from '../flavors/types.ts'
import * as semconv from '../semconv.ts'
import { OF_MODELS } from './operations.ts'
import { attributesOf } from './span-attributes.ts'

/** OpenInference's names for a call of a model, and for spans around one: agents, chains, tools. */
const OPENINFERENCE_KIND = 'openinference.span.kind'
const OPENINFERENCE_INFERENCE: ReadonlySet<unknown> = new Set(['LLM', 'EMBEDDING'])

/** Operations that look something up for an answer, possibly within that answer's span; by each of their names. */
const LOOK_UPS: ReadonlyMap<unknown, string> = new Map([
  ['embeddings', 'embeddings'],
  ['EMBEDDING', 'embeddings'],
  ['rerank', 'rerank'],
])

/**
 * The inference span that an SDK or another instrumentation has already opened for the call that is being made in
 * this context. Spans of agents, chains and tools around it aren't: they may make many calls.
 */
export function findForeignSpan(active: Context, request: GenAiRequest): Span | undefined {
  const span = trace.getSpan(active)
  if (span === undefined || !span.isRecording()) return undefined
  const attributes = attributesOf(span)
  return attributes !== undefined && isInferenceSpan(attributes) && isFor(request, attributes)
    ? span
    : undefined
}

function isInferenceSpan(attributes: Attributes): boolean {
  const kind = attributes[OPENINFERENCE_KIND]
  if (kind !== undefined) return OPENINFERENCE_INFERENCE.has(kind)
  const operation = attributes[semconv.ATTR_OPERATION_NAME]
  if (operation !== undefined) return OF_MODELS.has(operation)
  return attributes[semconv.ATTR_SYSTEM] !== undefined && attributes[semconv.ATTR_REQUEST_MODEL] !== undefined
}

function isFor({ operation, model }: GenAiRequest, attributes: Attributes): boolean {
  const lookUp = LOOK_UPS.get(operation)
  const kind = attributes[OPENINFERENCE_KIND] ?? attributes[semconv.ATTR_OPERATION_NAME]
  if (kind !== undefined) return LOOK_UPS.get(kind) === lookUp
  return lookUp === undefined || attributes[semconv.ATTR_REQUEST_MODEL] === model
}
