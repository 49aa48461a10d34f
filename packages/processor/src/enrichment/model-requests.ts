import { byShape } from '../otlp/span-shape.ts'
import type { SpanView } from '../otlp/types.ts'

/** The conventions' names of HTTP, today's and those before 1.23, of who asks and of who answers. */
const URLS = ['url.full', 'http.url', 'url.path', 'http.target'] as const

/** How the paths end by which the providers' APIs, and those of gateways and servers that are like them, are called. */
const MODEL_PATH =
  /(?:\/(?:(?:chat\/)?completions|responses|messages|embeddings|converse|converse-stream|invoke|invoke-with-response-stream|v\d\/(?:chat|embed|rerank)|api\/(?:chat|generate|embed))|:(?:generateContent|streamGenerateContent|embedContent|batchEmbedContents|predict|rawPredict|streamRawPredict))(?:[?#]|$)/

const urlIndex = byShape((shape) => {
  const name = URLS.find((url) => shape.indexOf(url) !== -1)
  return name === undefined ? -1 : shape.indexOf(name)
})

/**
 * Whether an HTTP request asks a model. That of a stream is over with the answer's headers, and may be heard of long before
 * the call that made it and what a gateway says beneath it.
 */
export function asksModel(span: SpanView): boolean {
  const url = span.valueAt(urlIndex(span.shape))
  return typeof url === 'string' && MODEL_PATH.test(url)
}
