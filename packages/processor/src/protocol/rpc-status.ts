import type { OtlpEncoding } from '../types.ts'
import type { OtlpError } from './otlp-error.ts'
import { messageField, stringField, varintField } from './protobuf-fields.ts'
import { readFields } from './protobuf-message.ts'

/*
 * google.rpc.Status: 1 code int32, 2 message string, 3 details repeated Any
 * Any:               1 type_url string, 2 value bytes
 * RetryInfo:         1 retry_delay Duration { 1 seconds int64, 2 nanos int32 }
 * BadRequest:        1 field_violations { 1 field string, 2 description string }
 */
const TYPE_URL = 'type.googleapis.com/google.rpc.'

/** `google.rpc.Status`, the body of every OTLP error. */
export function encodeStatus(error: OtlpError, encoding: OtlpEncoding): Buffer {
  return encoding === 'json' ? Buffer.from(JSON.stringify(statusObject(error))) : statusMessage(error)
}

/** The delay that a `RetryInfo` in the details of a status asks for, in milliseconds. */
export function readRetryDelay(status: Buffer): number | undefined {
  try {
    for (const detail of readFields(status).filter(({ number }) => number === 3)) {
      const any = readFields(detail.content)
      const type = any.find(({ number }) => number === 1)?.content.toString('utf8') ?? ''
      const retryInfo = any.find(({ number }) => number === 2)?.content
      if (type.endsWith('google.rpc.RetryInfo') && retryInfo !== undefined) return retryDelay(retryInfo)
    }
  } catch {
    // A status that can't be read asks for no delay.
  }
  return undefined
}

function retryDelay(retryInfo: Buffer): number {
  const duration = readFields(retryInfo).find(({ number }) => number === 1)?.content ?? Buffer.alloc(0)
  const fields = readFields(duration)
  const seconds = fields.find(({ number }) => number === 1)?.value ?? 0
  const nanos = fields.find(({ number }) => number === 2)?.value ?? 0
  return seconds * 1_000 + nanos / 1e6
}

function statusObject({ message, details }: OtlpError): object {
  const list: object[] = []
  if (details.retryAfterSeconds !== undefined) {
    list.push({ '@type': `${TYPE_URL}RetryInfo`, retryDelay: `${details.retryAfterSeconds}s` })
  }
  if (details.badRequest !== undefined) {
    list.push({
      '@type': `${TYPE_URL}BadRequest`,
      fieldViolations: [{ field: 'body', description: details.badRequest }],
    })
  }
  return { code: details.grpcCode, message, ...(list.length > 0 ? { details: list } : {}) }
}

function statusMessage({ message, details }: OtlpError): Buffer {
  const parts = [varintField(1, details.grpcCode), stringField(2, message)]
  if (details.retryAfterSeconds !== undefined) {
    parts.push(anyField('RetryInfo', messageField(1, varintField(1, details.retryAfterSeconds))))
  }
  if (details.badRequest !== undefined) {
    const violation = messageField(1, stringField(1, 'body'), stringField(2, details.badRequest))
    parts.push(anyField('BadRequest', violation))
  }
  return Buffer.concat(parts)
}

function anyField(type: string, value: Buffer): Buffer {
  return messageField(3, stringField(1, TYPE_URL + type), messageField(2, value))
}
