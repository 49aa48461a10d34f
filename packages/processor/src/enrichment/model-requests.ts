import { byShape, indexOfFirst } from '../otlp/span-shape.ts'
import type { SpanView } from '../otlp/types.ts'

/** Names of today and from before version 1.23 of the conventions, on spans of clients and of servers. */
const URLS = ['url.full', 'http.url', 'url.path', 'http.target'] as const

const METHODS = ['http.request.method', 'http.method'] as const

/** Ends of the paths by which the APIs of providers, and of gateways and servers that speak them, are called. */
const MODEL_PATH =
  /(?:\/(?:(?:chat\/)?completions|responses|messages|embeddings|converse|converse-stream|invoke|invoke-with-response-stream|v\d\/(?:chat|embed|rerank)|api\/(?:chat|generate|embed))|:(?:generateContent|streamGenerateContent|embedContent|batchEmbedContents|predict|rawPredict|streamRawPredict))(?:[?#]|$)/

const urlIndex = byShape((shape) => indexOfFirst(shape, URLS))
const methodIndex = byShape((shape) => indexOfFirst(shape, METHODS))

/**
 * Whether a span is the HTTP request of a model call. For a stream that span ends with the headers of the response, so it
 * may arrive long before the call's own span and the gateway's spans beneath it.
 */
export function asksModel(span: SpanView): boolean {
  const { shape } = span
  const index = urlIndex(shape)
  if (index === -1 || span.valueAt(methodIndex(shape)) !== 'POST') return false
  const url = span.valueAt(index)
  return typeof url === 'string' && MODEL_PATH.test(url)
}
