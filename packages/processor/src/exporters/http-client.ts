import type { IncomingHttpHeaders } from 'node:http'
import type { ExporterConfig } from '../config/types.ts'
import { createLibraryHttpClient } from './library-http-client.ts'
import { createPlainHttpClient, isPlainRequest } from './plain-http-client.ts'
import { UnusualResponseError } from './response-reader.ts'

/** An answer read to its end; without a body where that was longer than the limit. */
export interface WholeResponse {
  readonly statusCode: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer | undefined
}

/** What a client needs to know of its destination. */
export interface HttpClientOptions extends Pick<ExporterConfig, 'concurrency' | 'timeout' | 'tls'> {
  /** Scheme, host and port. */
  readonly origin: string
  /** Of every request; `content-length` is added to them. */
  readonly headers: Readonly<Record<string, string>>
  /** Of a response. */
  readonly maxBytes: number
}

/** Kept-alive connections to one origin. */
export interface HttpClient {
  /**
   * Rejects where there is no whole answer, and once `signal` aborts. The body's memory is free again when it
   * settles.
   */
  post(path: string, body: Uint8Array, signal: AbortSignal): Promise<WholeResponse>
  close(): Promise<void>
}

/**
 * Plain HTTP goes over our own client, all else over the library's; also, once it has answered in a way that ours
 * doesn't read, everything that goes to this origin from then on.
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
