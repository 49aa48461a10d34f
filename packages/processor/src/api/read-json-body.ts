import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendError } from './reply.ts'

const MAX_BYTES = 2 ** 20

/**
 * The body as a JSON object; `undefined` if the request has been refused. Only `application/json` is accepted: web pages of other
 * origins can't send that without a preflight.
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
      sendError(response, 413, 'too_large', `the body may have at most ${MAX_BYTES} bytes`)
      return undefined
    }
    chunks.push(chunk as Buffer)
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    if (typeof body === 'object' && body !== null && !Array.isArray(body))
      return body as Record<string, unknown>
  } catch {
    // Answered below, like JSON that is no object.
  }
  sendError(response, 400, 'invalid_body', 'the body is not a JSON object')
  return undefined
}
