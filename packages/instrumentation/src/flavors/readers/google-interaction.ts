import type { EventStream } from '../../wire/event-stream.ts'
import { asCount, asName, asObject, type JsonObject, objectsIn, sumOf } from '../../wire/json.ts'
import { atMost } from '../../wire/stream-event.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { Draft, GenAiResponse, GenAiUsage } from '../types.ts'
import { isFailure, readError, readFailure } from './errors.ts'
import { imageTokensOf, tokensOf } from './google-usage.ts'
import { anyKnown, known } from './known.ts'
import { countQueries, toolRequests } from './tool-requests.ts'

/** After `interaction.completed` comes a `done`; before it, deltas carry the usage so far. */
const LAST_EVENTS = 16

/** `errors` lists what went wrong on the way, even in one that was completed. */
export function readInteraction(response: ObservedResponse, document: JsonObject | undefined): GenAiResponse {
  if (isFailure(response, document)) return readFailure(response, document)
  return known<GenAiResponse>({
    id: asName(document.id),
    model: asName(document.model) ?? asName(document.agent),
    status: asName(document.status),
    usage: readInteractionUsage(document.usage),
    serviceTier: asName(document.service_tier),
    toolRequests:
      readGroundingTools(document.usage) ??
      readSearches([...objectsIn(document.steps), ...objectsIn(document.outputs)]),
    error: readError(response, document.status === 'failed' ? document : { ...document, errors: undefined }),
  })
}

export function readInteractionStream(response: ObservedResponse, events: EventStream): GenAiResponse {
  const [first] = events.forward()
  const result: Draft<GenAiResponse> = readInteraction(response, asObject(first?.json()?.interaction) ?? {})
  for (const event of atMost(LAST_EVENTS, events.backward())) {
    if (result.usage !== undefined) break
    const document = event.json()
    const interaction = asObject(document?.interaction)
    if (interaction !== undefined) Object.assign(result, readInteraction(response, interaction))
    const { total_usage, usage: soFar } = asObject(document?.metadata) ?? {}
    const usage = total_usage ?? soFar ?? document?.usage ?? event.trailing('usage', 2)
    result.usage ??= readInteractionUsage(usage)
    result.toolRequests ??= readGroundingTools(usage)
    result.error ??= readError(response, document)
  }
  result.toolRequests ??= readSearches(streamedSearches(events))
  return known<GenAiResponse>(result)
}

const SEARCH = 'google_search_call'

/** `[{ type: 'google_search', count: 3 }]`, in the usage of newer versions. Retrieval from files is free. */
function readGroundingTools(usage: unknown): GenAiResponse['toolRequests'] {
  const counts = objectsIn(asObject(usage)?.grounding_tool_count)
  const countOf = (tool: string): unknown => counts.find(({ type }) => type === tool)?.count
  return toolRequests([
    ['web_search', countOf('google_search')],
    ['maps', countOf('google_maps')],
  ])
}

/** Google bills searches by the query or by the request. */
function readSearches(steps: Iterable<JsonObject>): GenAiResponse['toolRequests'] {
  const queries: unknown[] = []
  for (const { type, arguments: asked } of steps) if (type === SEARCH) queries.push(asObject(asked)?.queries)
  return toolRequests([['web_search', countQueries(queries)]])
}

/** A step begins with its type; its queries may come in a delta. */
function streamedSearches(events: EventStream): Iterable<JsonObject> {
  const searches = new Map<unknown, JsonObject>()
  for (const event of events.containing(`"${SEARCH}"`)) {
    const { index, step, delta } = event.json() ?? {}
    searches.set(index, { ...searches.get(index), ...asObject(step), ...asObject(delta) })
  }
  return searches.values()
}

/** Thoughts aren't included in the output, nor what tools read in the input, as in `usageMetadata`. */
export function readInteractionUsage(value: unknown): GenAiUsage | undefined {
  const usage = asObject(value)
  if (usage === undefined) return undefined
  const thoughts = asCount(usage.total_thought_tokens) ?? asCount(usage.total_reasoning_tokens)
  const input = [
    ...objectsIn(usage.input_tokens_by_modality),
    ...objectsIn(usage.tool_use_tokens_by_modality),
  ]
  const output = objectsIn(usage.output_tokens_by_modality)
  const cached = objectsIn(usage.cached_tokens_by_modality)
  return anyKnown<GenAiUsage>({
    inputTokens: sumOf(asCount(usage.total_input_tokens), asCount(usage.total_tool_use_tokens)),
    cacheReadTokens: asCount(usage.total_cached_tokens),
    outputTokens: sumOf(asCount(usage.total_output_tokens), thoughts),
    reasoningTokens: thoughts,
    textInputTokens: tokensOf('TEXT', input),
    textCacheReadTokens: tokensOf('TEXT', cached),
    textOutputTokens: tokensOf('TEXT', output),
    audioInputTokens: tokensOf('AUDIO', input),
    audioCacheReadTokens: tokensOf('AUDIO', cached),
    audioOutputTokens: tokensOf('AUDIO', output),
    imageInputTokens: imageTokensOf(input),
    imageCacheReadTokens: imageTokensOf(cached),
    imageOutputTokens: tokensOf('IMAGE', output),
    videoInputTokens: tokensOf('VIDEO', input),
    videoOutputTokens: tokensOf('VIDEO', output),
  })
}
