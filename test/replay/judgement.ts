import { readRequest, readResponse } from '../../packages/instrumentation/src/call/read-exchange.ts'
import { resolveConfiguration } from '../../packages/instrumentation/src/configuration.ts'
import type { GenAiRequest, GenAiResponse } from '../../packages/instrumentation/src/flavors/types.ts'
import { createRecognition } from '../../packages/instrumentation/src/recognition.ts'
import type { ObservedBody, RequestHead } from '../../packages/instrumentation/src/wire/types.ts'
import { type Exchange, requestOf, responseOf } from './exchanges.ts'

const recognise = createRecognition(resolveConfiguration({}, {}))

export interface ReadCall {
  head: RequestHead
  flavor: string
  provider: string
  call: GenAiRequest
  answer: GenAiResponse
}

/** What the API flavor reads in an exchange; `undefined` where no call was recognised. */
export function readCall(
  exchange: Exchange,
  response: ObservedBody,
  request?: ObservedBody,
): ReadCall | undefined {
  const head = requestOf(exchange, request)
  const recognised = recognise(head)
  const call = recognised && readRequest(recognised.flavor, head)
  if (recognised === undefined || call === undefined) return undefined
  const sum = exchange.status < 400 ? recognised.flavor.openSum?.(call) : undefined
  sum?.write(response.head)
  const answer = readResponse(recognised.flavor, responseOf(exchange, response), call, sum)
  return { head, flavor: recognised.flavor.name, provider: recognised.provider, call, answer }
}

/** The same under the names that the recordings use. */
export function read(
  exchange: Exchange,
  response: ObservedBody,
  request?: ObservedBody,
): Reading | undefined {
  const found = readCall(exchange, response, request)
  if (found === undefined) return undefined
  const { provider, call, answer } = found
  const failed = exchange.status >= 400 || answer.error !== undefined
  return {
    provider,
    operation: call.operation,
    request_model: call.model,
    response_model: answer.model,
    response_id: answer.id,
    input_tokens_total: answer.usage?.inputTokens,
    output_tokens: answer.usage?.outputTokens,
    cache_read: answer.usage?.cacheReadTokens,
    cache_creation: answer.usage?.cacheWriteTokens,
    reasoning: answer.usage?.reasoningTokens,
    finish_reasons: answer.finishReasons,
    error_type: failed
      ? (answer.error?.type ?? (exchange.status >= 400 ? String(exchange.status) : '_OTHER'))
      : undefined,
  }
}

export type Reading = Record<string, unknown>

/** Fields whose presence is wrong where the wire says nothing. */
const NEVER_INVENTED = /tokens|cache|reasoning|response_|error/

/** What is wrong or missing, one line a field; nothing is what is wanted. */
export function faultsOf(exchange: Exchange, reading: Reading | undefined): string[] {
  const { span, ...fields } = exchange.expected
  if (span === null) return []
  if (span === false) return reading === undefined ? [] : [`${exchange.id}: a span where none belongs`]
  if (reading === undefined) return [`${exchange.id}: no span`]
  return Object.entries(fields).flatMap(([name, wanted]) => {
    const got = reading[name] ?? undefined
    if (isRight(exchange, name, wanted, got)) return []
    return [`${exchange.id} ${name}: wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`]
  })
}

/** Fields that say something else than the wire does: worse than saying nothing. */
export function inventionsOf(exchange: Exchange, reading: Reading | undefined): string[] {
  const said = Object.fromEntries(Object.entries(reading ?? {}).filter(([, value]) => value !== undefined))
  if (exchange.expected.span !== true || reading === undefined) return []
  return faultsOf(exchange, { ...exchange.expected, ...said })
}

function isRight(exchange: Exchange, name: string, wanted: unknown, got: unknown): boolean {
  if (wanted === null || wanted === undefined)
    return !NEVER_INVENTED.test(name) || got === undefined || got === 0
  if (got === undefined) return wanted === 0
  if (JSON.stringify(got) === JSON.stringify(wanted)) return true
  return (exchange.accept?.[name] ?? []).some((accepted) => JSON.stringify(accepted) === JSON.stringify(got))
}
