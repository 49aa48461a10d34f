import { readRequest, readResponse } from '../../src/call/read-exchange.ts'
import { resolveConfiguration } from '../../src/configuration.ts'
import type { GenAiRequest, GenAiResponse } from '../../src/flavors/types.ts'
import { createRecognition } from '../../src/recognition.ts'
import { requestHeadFromUrl } from '../../src/request-head.ts'
import type { ObservedBody, ObservedResponse } from '../../src/wire/types.ts'

/** An exchange as written down in a test: objects stand for JSON, lists of objects for streams of it. */
export interface Exchange {
  /** `POST https://host/path`, or the path alone. */
  readonly call: string
  readonly requestHeaders?: Record<string, string>
  readonly request?: object | string
  readonly status?: number
  readonly responseHeaders?: Record<string, string>
  readonly response?: object | string | Buffer
}

const recognise = createRecognition(resolveConfiguration({}, {}))

/** What the API flavor that an exchange is recognised by reads in it. */
export function readExchange(exchange: Exchange): {
  flavor: string | undefined
  request: GenAiRequest | undefined
  response: GenAiResponse | undefined
} {
  const [method, address] = exchange.call.split(' ') as [string, string]
  const url = new URL(address, 'https://gateway.example')
  const head = requestHeadFromUrl(method, url, headerReader(exchange.requestHeaders))!
  const flavor = recognise(head)?.flavor
  const sent = exchange.request === undefined ? undefined : whole(exchange.request)
  const request = flavor && readRequest(flavor, { ...head, body: sent })
  if (flavor === undefined || request === undefined)
    return { flavor: flavor?.name, request, response: undefined }
  const status = exchange.status ?? 200
  const body = whole(exchange.response ?? '')
  const sum = status < 400 ? flavor.openSum?.(request) : undefined
  sum?.write(body.head)
  const observed = { status, header: headerReader(exchange.responseHeaders), body }
  return { flavor: flavor.name, request, response: readResponse(flavor, observed, request, sum) }
}

/** Server-sent events, one for each object. */
export function serverSentEvents(...events: object[]): string {
  return [...events.map((event) => JSON.stringify(event)), '[DONE]']
    .map((data) => `data: ${data}\n\n`)
    .join('')
}

function whole(content: object | string): ObservedBody {
  const bytes = Buffer.isBuffer(content)
    ? content
    : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))
  return { head: bytes, tail: bytes, complete: true, ended: true, totalBytes: bytes.length }
}

function headerReader(headers: Record<string, string> = {}): (name: string) => string | undefined {
  return (name) => headers[name.toLowerCase()]
}

/** A response of which only so many bytes at either end are held, as of one too large to be held whole. */
export function edgesOf(content: object | string, edgeBytes: number): ObservedResponse {
  const bytes = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))
  return {
    status: 200,
    header: () => undefined,
    body: {
      head: bytes.subarray(0, edgeBytes),
      tail: bytes.subarray(-edgeBytes),
      complete: false,
      ended: true,
      totalBytes: bytes.length,
    },
  }
}
