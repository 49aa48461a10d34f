/** An outgoing request, before it is sent. Recognition reads only this, and must not allocate. */
export interface RequestHead {
  /** Upper case. */
  readonly method: string
  /** `https:` or `http:`. */
  readonly protocol: string
  /** Lower case, without port. */
  readonly host: string
  readonly port: number | undefined
  /** Without query. */
  readonly path: string
  /** With its `?`, or empty. */
  readonly query: string
  /** Case-insensitive; `undefined` when absent. */
  header(name: string): string | undefined
}

/**
 * A request or response body as observed, decompressed. Never the whole of a large one: `head` is its
 * beginning, `tail` its end; they overlap or touch when `complete` is true, and then `head` holds everything.
 */
export interface ObservedBody {
  readonly head: Uint8Array
  readonly tail: Uint8Array
  /** `head` is the whole body. */
  readonly complete: boolean
  /** The body ended by itself; false when it was aborted, cut off or never read to its end. */
  readonly ended: boolean
  readonly totalBytes: number
  /** The whole body, where it came as a text. */
  readonly text?: string
}

export interface ObservedRequest extends RequestHead {
  /** `undefined` where the body can't be seen without disturbing the app (a stream). */
  readonly body: ObservedBody | undefined
}

export interface ObservedResponse {
  readonly status: number
  header(name: string): string | undefined
  readonly body: ObservedBody
}
