import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import type {
  ObservedBody,
  ObservedRequest,
  ObservedResponse,
} from '../../packages/instrumentation/src/wire/types.ts'

/** Recorded traffic of LLM APIs with the values that each exchange should give. Not part of this repository. */
export const recordings: string = fileURLToPath(new URL('../../../shared/recordings/', import.meta.url))

export const areThere: boolean = existsSync(`${recordings}exchanges.jsonl`)

export interface Exchange {
  id: string
  api: string
  method: string
  url: string
  request_headers: Record<string, string>
  request_body: string | null
  request_body_encoding: 'utf8' | 'base64'
  status: number
  response_headers: Record<string, string>
  response_body: string | null
  response_body_encoding: 'utf8' | 'base64'
  streaming: boolean
  /** `span` null: left to the implementation. A field that is null: the wire does not say. */
  expected: Record<string, unknown> & { span: boolean | null }
  accept: Record<string, unknown[]> | null
}

export function readExchanges(): Exchange[] {
  return readFileSync(`${recordings}exchanges.jsonl`, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Exchange)
}

export function requestOf(
  exchange: Exchange,
  body: ObservedBody | undefined = wholeBody(requestBytes(exchange)),
): ObservedRequest {
  const url = new URL(exchange.url)
  return {
    method: exchange.method,
    protocol: url.protocol,
    host: url.hostname,
    port: url.port === '' ? undefined : Number(url.port),
    path: url.pathname,
    query: url.search,
    header: headerOf(exchange.request_headers),
    body,
  }
}

export function responseOf(exchange: Exchange, body: ObservedBody): ObservedResponse {
  return { status: exchange.status, header: headerOf(exchange.response_headers), body }
}

export function requestBytes(exchange: Exchange): Buffer {
  return Buffer.from(exchange.request_body ?? '', exchange.request_body_encoding)
}

/** Decompressed, as an instrumentation hands it on. */
export function responseBytes(exchange: Exchange): Buffer {
  const bytes = Buffer.from(exchange.response_body ?? '', exchange.response_body_encoding)
  const decompress = {
    gzip: gunzipSync,
    br: brotliDecompressSync,
    deflate: inflateSync,
    zstd: zstdDecompressSync,
  }
  const encoding = exchange.response_headers['content-encoding'] as keyof typeof decompress | undefined
  try {
    return encoding !== undefined && encoding in decompress ? decompress[encoding](bytes) : bytes
  } catch {
    return bytes
  }
}

export function wholeBody(bytes: Uint8Array): ObservedBody {
  return { head: bytes, tail: bytes, complete: true, ended: true, totalBytes: bytes.length }
}

/** A body of which only the first and the last bytes are held. */
export function cutBody(bytes: Uint8Array, head: number, tail: number): ObservedBody {
  if (bytes.length <= head) return wholeBody(bytes)
  return {
    head: bytes.subarray(0, head),
    tail: bytes.subarray(Math.max(0, bytes.length - tail)),
    complete: false,
    ended: true,
    totalBytes: bytes.length,
  }
}

/** A body that broke off after so many bytes. */
export function brokenBody(bytes: Uint8Array, length: number): ObservedBody {
  return { ...wholeBody(bytes.subarray(0, length)), ended: false }
}

function headerOf(headers: Record<string, string>): (name: string) => string | undefined {
  const lowerCase = new Map(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  )
  return (name) => lowerCase.get(name.toLowerCase())
}
