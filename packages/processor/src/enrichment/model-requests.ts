import { byShape, indexOfFirst } from '../otlp/span-shape.ts'
import type { SpanView } from '../otlp/types.ts'

/** Today's names and those before version 1.23 of the conventions, of who asks and of who answers. */
const URLS = ['url.full', 'http.url', 'url.path', 'http.target'] as const

const METHODS = ['http.request.method', 'http.method'] as const

/** How the paths end by which the providers' APIs, and those of gateways and servers that are like them, are called. */
const MODEL_PATH =
  /(?:\/(?:(?:chat\/)?completions|responses|messages|embeddings|converse|converse-stream|invoke|invoke-with-response-stream|v\d\/(?:chat|embed|rerank)|api\/(?:chat|generate|embed))|:(?:generateContent|streamGenerateContent|embedContent|batchEmbedContents|predict|rawPredict|streamRawPredict))(?:[?#]|$)/

const urlIndex = byShape((shape) => indexOfFirst(shape, URLS))
const methodIndex = byShape((shape) => indexOfFirst(shape, METHODS))

/**
 * Whether an HTTP request asks a model. That of a stream is over with the answer's headers, and may be heard of long before
 * the call that made it and what a gateway says beneath it.
 */
export function asksModel(span: SpanView): boolean {
  const { shape } = span
  const index = urlIndex(shape)
  if (index === -1 || span.valueAt(methodIndex(shape)) !== 'POST') return false
  const url = span.valueAt(index)
  return typeof url === 'string' && MODEL_PATH.test(url)
}
