import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendError } from './reply.ts'

const MAX_BYTES = 2 ** 20

/**
 * The body as a JSON object, or `undefined` once the request has been refused. Only `application/json` is taken: a page of
 * another origin can't send it without asking first.
 */
export async function readJsonBody(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Record<string, unknown> | undefined> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    sendError(response, 415, 'unsupported_media_type', 'send the body as application/json')
    return undefined
  }
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length
    if (bytes > MAX_BYTES) {
      sendError(response, 413, 'too_large', `the body may have ${MAX_BYTES} bytes`)
      return undefined
    }
    chunks.push(chunk as Buffer)
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    if (typeof body === 'object' && body !== null && !Array.isArray(body))
      return body as Record<string, unknown>
  } catch {
    // Answered below: it is no JSON object either way.
  }
  sendError(response, 400, 'invalid_body', 'the body is not a JSON object')
  return undefined
}
