import type { OtlpEncoding, Signal } from '../types.ts'
import { messageField, stringField, varintField } from './protobuf-fields.ts'
import { readFields } from './protobuf-message.ts'

/*
 * Export*ServiceResponse, the same shape for every signal:
 *   1 partial_success { 1 rejected_* int64, 2 error_message string }
 */
const EMPTY = Buffer.alloc(0)
const EMPTY_JSON = Buffer.from('{}')
const REJECTED: Readonly<Record<Signal, string>> = {
  traces: 'rejectedSpans',
  metrics: 'rejectedDataPoints',
  logs: 'rejectedLogRecords',
}

/** What a destination answered about part of a request; passed on to the client if the request was not queued. */
export interface PartialSuccess {
  readonly rejectedItems: number
  readonly errorMessage: string
}

/** The body of a success. On full success `partial_success` stays unset, as the specification demands. */
export function encodeExportResponse(
  encoding: OtlpEncoding,
  signal: Signal,
  partial: PartialSuccess | undefined,
): Buffer {
  if (partial === undefined) return encoding === 'json' ? EMPTY_JSON : EMPTY
  const { rejectedItems, errorMessage } = partial
  if (encoding === 'json') {
    const partialSuccess = { [REJECTED[signal]]: String(rejectedItems), errorMessage }
    return Buffer.from(JSON.stringify({ partialSuccess }))
  }
  return messageField(1, varintField(1, rejectedItems), stringField(2, errorMessage))
}

/**
 * Reads `partial_success`. If it is unset or empty, the success was full; also if the body can't be read, as the status has said
 * so already.
 */
export function decodeExportResponse(
  body: Buffer,
  encoding: OtlpEncoding,
  signal: Signal,
): PartialSuccess | undefined {
  if (body.byteLength === 0) return undefined
  try {
    const partial = encoding === 'json' ? fromJson(body, signal) : fromProtobuf(body)
    return partial.rejectedItems === 0 && partial.errorMessage === '' ? undefined : partial
  } catch {
    return undefined
  }
}

function fromJson(body: Buffer, signal: Signal): PartialSuccess {
  const { partialSuccess } = JSON.parse(body.toString('utf8'))
  return {
    // What is no count would end up in the books.
    rejectedItems: Math.max(0, Number(partialSuccess?.[REJECTED[signal]]) || 0),
    errorMessage: String(partialSuccess?.errorMessage ?? ''),
  }
}

function fromProtobuf(body: Buffer): PartialSuccess {
  const partial = readFields(body).find(({ number }) => number === 1)
  const fields = readFields(partial?.content ?? EMPTY)
  return {
    rejectedItems: fields.find(({ number }) => number === 1)?.value ?? 0,
    errorMessage: fields.find(({ number }) => number === 2)?.content.toString('utf8') ?? '',
  }
}
