import type { OtlpEncoding } from '../types.ts'
import type { OtlpError } from './otlp-error.ts'

const TYPE_URL = 'type.googleapis.com/google.rpc.'

/**
 * `google.rpc.Status`, the body of every OTLP error.
 *
 * Status:       1 code int32, 2 message string, 3 details repeated Any
 * Any:          1 type_url string, 2 value bytes
 * RetryInfo:    1 retry_delay Duration { 1 seconds int64 }
 * BadRequest:   1 field_violations { 1 field string, 2 description string }
 */
export function encodeStatus(error: OtlpError, encoding: OtlpEncoding): Buffer {
  return encoding === 'json' ? Buffer.from(JSON.stringify(statusObject(error))) : statusMessage(error)
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
  const parts = [varintField(1, details.grpcCode), bytesField(2, Buffer.from(message))]
  if (details.retryAfterSeconds !== undefined) {
    parts.push(anyField('RetryInfo', bytesField(1, varintField(1, details.retryAfterSeconds))))
  }
  if (details.badRequest !== undefined) {
    const violation = [bytesField(1, Buffer.from('body')), bytesField(2, Buffer.from(details.badRequest))]
    parts.push(anyField('BadRequest', bytesField(1, Buffer.concat(violation))))
  }
  return Buffer.concat(parts)
}

function anyField(type: string, value: Buffer): Buffer {
  return bytesField(3, Buffer.concat([bytesField(1, Buffer.from(TYPE_URL + type)), bytesField(2, value)]))
}

function bytesField(field: number, value: Uint8Array): Buffer {
  return Buffer.concat([varint((field << 3) | 2), varint(value.byteLength), value])
}

function varintField(field: number, value: number): Buffer {
  return Buffer.concat([varint(field << 3), varint(value)])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest > 127) {
    bytes.push((rest & 127) | 128)
    rest >>>= 7
  }
  bytes.push(rest)
  return Buffer.from(bytes)
}
