import type { EventStream } from '../../wire/event-stream.ts'
import { asCount, asName, asNames, asObject, type JsonObject, objectsIn } from '../../wire/json.ts'
import { readDocument, readNearEdge } from '../../wire/json-document.ts'
import { atMost, parsed } from '../../wire/stream-event.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { Draft, GenAiResponse } from '../types.ts'
import { isFailure, readError, readFailure } from './errors.ts'
import { readGoogleUsage } from './google-usage.ts'
import { known } from './known.ts'
import { countQueries, toolRequests } from './tool-requests.ts'

/**
 * Every chunk carries the usage so far. The last one carries the finish reason, or the one before if the last has no
 * text.
 */
const LAST_EVENTS = 16

/** `FinishReason` as a number, with `$alt=json;enum-encoding=int`: the values that all versions of the API agree on. */
const FINISH_REASONS = ['FINISH_REASON_UNSPECIFIED', 'STOP', 'MAX_TOKENS', 'SAFETY', 'RECITATION', 'OTHER']

/** A `GenerateContentResponse`, as a body or as one of a stream. */
export function readGenerateContent(response: ObservedResponse, body: JsonObject | undefined): GenAiResponse {
  if (isFailure(response, body)) return readFailure(response, body)
  const document = unwrapped(body)
  const usage = asObject(document.usageMetadata)
  return known<GenAiResponse>({
    id: asName(document.responseId),
    model: asName(document.modelVersion),
    finishReasons: finishReasonsOf(document),
    usage: readGoogleUsage(usage),
    serviceTier: asName(usage?.serviceTier) ?? asName(usage?.trafficType),
    toolRequests: readGrounding([document]),
    error: readError(response, document),
  })
}

/** Some endpoints wrap the response. */
function unwrapped(body: JsonObject): JsonObject {
  return asObject(body.response) ?? body
}

/**
 * An answer that is no stream. In one too large to be held whole (with an image), the finish reason is near either end.
 */
export function readGenerateContentBody(response: ObservedResponse): GenAiResponse {
  const document = readDocument(response.body, ['usageMetadata', 'modelVersion', 'responseId'])
  const read = readGenerateContent(response, document)
  const finishReasons = read.finishReasons ?? asNames(readNearEdge(response.body, 'finishReason', 3))
  const tools = read.toolRequests ?? readGrounding([], [readNearEdge(response.body, 'webSearchQueries', 4)])
  return { ...read, ...(finishReasons && { finishReasons }), ...(tools && { toolRequests: tools }) }
}

/** @param choiceCount how many candidates were requested: each ends in a chunk of its own. */
export function readGenerateContentStream(
  response: ObservedResponse,
  events: EventStream,
  choiceCount = 1,
): GenAiResponse {
  const result: Draft<GenAiResponse> = {}
  const queries: unknown[] = []
  for (const event of atMost(LAST_EVENTS, events.backward())) {
    if (result.usage && result.finishReasons && result.model) break
    const document = event.json()
    if (document === undefined) {
      result.usage ??= readGoogleUsage(event.trailing('usageMetadata', 1))
      result.model ??= asName(event.trailing('modelVersion', 1))
      result.id ??= asName(event.trailing('responseId', 1))
      result.finishReasons ??= asNames(event.trailing('finishReason', 3))
      queries.push(event.trailing('webSearchQueries', 4))
      continue
    }
    const chunk = readGenerateContent(response, document)
    for (const name in chunk) {
      const member = name as keyof GenAiResponse
      if (result[member] === undefined) Object.assign(result, { [member]: chunk[member] })
    }
  }
  if (choiceCount > 1)
    result.finishReasons =
      reasonsByCandidate(parsed(events.containing('"finishReason"'))) ?? result.finishReasons
  const grounded = [...parsed(events.containing('"groundingMetadata"'))]
  result.toolRequests = readGrounding(grounded.map(unwrapped), queries)
  return known<GenAiResponse>(result)
}

function finishReasonsOf(document: JsonObject): string[] | undefined {
  const reasons = objectsIn(document.candidates ?? [document.answer]).flatMap(
    (candidate) => reasonOf(candidate) ?? [],
  )
  const blocked = asName(asObject(document.promptFeedback)?.blockReason)
  if (reasons.length === 0 && blocked !== undefined) return [blocked]
  return reasons.length > 0 ? reasons : undefined
}

function reasonOf({ finishReason }: JsonObject): string | undefined {
  if (typeof finishReason === 'number') return FINISH_REASONS[finishReason] ?? String(finishReason)
  return asName(finishReason)
}

/** In the order of the candidates; a missing index is 0. */
function reasonsByCandidate(chunks: Iterable<JsonObject>): string[] | undefined {
  const reasons = new Map<number, string>()
  for (const chunk of chunks) {
    for (const candidate of objectsIn(unwrapped(chunk).candidates)) {
      const reason = reasonOf(candidate)
      if (reason !== undefined) reasons.set(asCount(candidate.index) ?? 0, reason)
    }
  }
  return asNames([...reasons].sort(([a], [b]) => a - b).map(([, reason]) => reason))
}

/**
 * Google bills grounding: with search by the query or the request, with maps by the request. In a stream, any chunk may
 * state it.
 */
function readGrounding(
  documents: Iterable<JsonObject>,
  queries: unknown[] = [],
): GenAiResponse['toolRequests'] {
  let maps = 0
  for (const document of documents) {
    for (const candidate of objectsIn(document.candidates)) {
      const grounding = asObject(candidate.groundingMetadata)
      queries.push(grounding?.webSearchQueries)
      if (objectsIn(grounding?.groundingChunks).some((chunk) => 'maps' in chunk)) maps = 1
    }
  }
  return toolRequests([
    ['web_search', countQueries(queries)],
    ['maps', maps],
  ])
}
