import type { IncomingHttpHeaders } from 'node:http'
import type { ExporterConfig } from '../config/types.ts'
import { createLibraryHttpClient } from './library-http-client.ts'
import { createPlainHttpClient, isPlainRequest } from './plain-http-client.ts'
import { UnusualResponseError } from './response-reader.ts'

/** A response that was read to its end; without the body if that was longer than the limit. */
export interface WholeResponse {
  readonly statusCode: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer | undefined
}

/** What a client needs to know about its destination. */
export interface HttpClientOptions extends Pick<ExporterConfig, 'concurrency' | 'timeout' | 'tls'> {
  /** Scheme, host and port. */
  readonly origin: string
  /** Sent with every request; `content-length` is added. */
  readonly headers: Readonly<Record<string, string>>
  /** Of a response body. */
  readonly maxBytes: number
}

/** Kept-alive connections to one origin. */
export interface HttpClient {
  /** Rejects if there is no complete response, or once `signal` aborts. The body's memory may be reused once it settles. */
  post(path: string, body: Uint8Array, signal: AbortSignal): Promise<WholeResponse>
  close(): Promise<void>
}

/**
 * Uses our own client for plain HTTP, and undici for everything else. Once a server has answered in a way that our client
 * doesn't read, undici is used for this origin from then on.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  if (!isPlainRequest(options)) return createLibraryHttpClient(options)
  const plain = createPlainHttpClient(options)
  let library: HttpClient | undefined
  return {
    post(path, body, signal) {
      if (library !== undefined) return library.post(path, body, signal)
      return plain.post(path, body, signal).catch((error: unknown) => {
        if (error instanceof UnusualResponseError) library ??= createLibraryHttpClient(options)
        throw error
      })
    },
    async close() {
      await Promise.all([plain.close(), library?.close()])
    },
  }
}
