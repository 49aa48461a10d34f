import type { EventStream } from '../../wire/event-stream.ts'
import { asLabel, asName, asObject, type JsonObject, objectsIn } from '../../wire/json.ts'
import { RecordScanner } from '../../wire/record-scanner.ts'
import { atMost, parsed, type StreamEvent } from '../../wire/stream-event.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { Draft, GenAiResponse, GenAiUsage, ResponseSum } from '../types.ts'
import { isFailure, readError, readFailure } from './errors.ts'
import { readFurtherUsage } from './further-usage.ts'
import { known } from './known.ts'
import { readDeclaredCost, readOpenAiUsage } from './openai-usage.ts'
import { readResponseTools } from './tool-requests.ts'

/** After the event that ends the response, a `[DONE]`, an error or pings may come. */
const LAST_EVENTS = 8

/** A response object of the Responses API. */
export function readResponseObject(
  response: ObservedResponse,
  document: JsonObject | undefined,
): GenAiResponse {
  if (isFailure(response, document)) return readFailure(response, document)
  const model = modelOf(response, document.model)
  const status = asName(document.status)
  return known<GenAiResponse>({
    id: asName(document.id),
    model,
    conversationId: asName(asObject(document.conversation)?.id) ?? asName(document.conversation),
    compacted: objectsIn(document.output).some(({ type }) => type === 'compaction') ? true : undefined,
    finishReasons: finishReasonsOf(document),
    status,
    usage: readOpenAiUsage(document.usage, model),
    furtherUsage: readFurtherUsage(document),
    declaredCost: readDeclaredCost(response, document.usage, document),
    // Until the response is done, this is the tier that was requested.
    serviceTier: status === 'queued' || status === 'in_progress' ? undefined : asName(document.service_tier),
    toolRequests: readResponseTools(document),
    error: readError(response, document),
  })
}

/** Each event of a streamed response carries what changed; the first and the last ones carry the response object. */
export function readResponseStream(response: ObservedResponse, events: EventStream): GenAiResponse {
  const result: Draft<GenAiResponse> = {}
  const [first] = events.forward()
  Object.assign(result, readResponseObject(response, asObject(first?.json()?.response) ?? {}))
  // The first event repeats instructions and tools, and may be too long to be held.
  result.id ??= asName(first?.leading('id', 2))
  result.model ??= asName(first?.leading('model', 2))
  let charged: GenAiResponse['declaredCost']
  for (const event of atMost(LAST_EVENTS, events.backward())) {
    const document = event.json()
    const last = asObject(document?.response)
    if (document === undefined) {
      Object.assign(result, readTrailing(response, event, events))
      // The status is at the beginning of the event, which isn't held.
      if (result.usage !== undefined) result.status = undefined
    } else if (last !== undefined) {
      const { copilot_usage } = document
      Object.assign(result, readResponseObject(response, { copilot_usage, ...last }))
    } else if (document.type === 'error') result.error ??= readErrorEvent(response, document)
    // OpenCode's, in a ping after the response.
    else charged ??= readDeclaredCost(response, undefined, document)
    // Earlier events state how things stood then.
    if (last !== undefined || result.usage !== undefined) break
  }
  if (charged !== undefined) result.declaredCost = charged
  return known<GenAiResponse>(result)
}

/**
 * The usage of a background response that is streamed: there it comes before the output, which may be longer than the
 * end that is held.
 */
export function openUsageSum(): ResponseSum {
  let usage: GenAiUsage | undefined
  // In each event that holds the response, `{ response: { usage } }`.
  const scanner = new RecordScanner({ depth: 2, names: ['usage'] }, (record) => {
    usage = readOpenAiUsage(record.usage) ?? usage
  })
  return {
    write: (chunk) => scanner.write(chunk),
    read: () => (usage === undefined ? {} : { usage }),
  }
}

/** Reads the end of a last event that is too large to be held whole (long outputs, many tool definitions). */
function readTrailing(response: ObservedResponse, event: StreamEvent, events: EventStream): GenAiResponse {
  const [usage, tools, tool_usage] = ['usage', 'tools', 'tool_usage'].map((name) => event.trailing(name, 2))
  // Each item of the output has come in an event of its own.
  const done = [...parsed(events.containing('"response.output_item.done"'))]
  const output = done.map(({ item }) => item)
  const model = modelOf(response, event.trailing('model', 2))
  return known<GenAiResponse>({
    model,
    usage: readOpenAiUsage(usage),
    furtherUsage: readFurtherUsage({ model, usage, tools, tool_usage, output }),
    declaredCost: readDeclaredCost(response, usage, { copilot_usage: event.trailing('copilot_usage', 1) }),
    serviceTier: asName(event.trailing('service_tier', 2)),
    toolRequests: readResponseTools({ usage, tools, tool_usage, output }),
  })
}

/** `{"type":"error","code":"...","message":"..."}`, in some versions with the details one level deeper. */
function readErrorEvent(response: ObservedResponse, event: JsonObject): GenAiResponse['error'] {
  return readError(response, { error: asObject(event.error) ?? { code: event.code, message: event.message } })
}

/** What the version of a model appends to its name. */
const DATE = /^-\d{4}-\d{2}-\d{2}$/

/**
 * Azure's body names the deployment, which may have any name, even that of the model. A header names the version that
 * answered: https://github.com/openai/openai-python/issues/3271
 */
function modelOf(response: ObservedResponse, stated: unknown): string | undefined {
  const model = asName(stated)
  const served = asName(response.header('x-ms-served-model'))
  if (served === undefined || model === undefined) return served ?? model
  return served.startsWith(model) && DATE.test(served.slice(model.length)) ? model : served
}

/** The API has no finish reasons; why a response is incomplete comes closest. */
function finishReasonsOf(document: JsonObject): string[] | undefined {
  const reason = asLabel(asObject(document.incomplete_details)?.reason)
  return reason === undefined ? undefined : [reason]
}
