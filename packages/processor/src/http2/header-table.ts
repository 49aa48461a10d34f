export type HeaderField = readonly [name: string, value: string]

/** @see https://www.rfc-editor.org/rfc/rfc7541#appendix-A */
const STATIC_TABLE: readonly HeaderField[] = [
  [':authority', ''],
  [':method', 'GET'],
  [':method', 'POST'],
  [':path', '/'],
  [':path', '/index.html'],
  [':scheme', 'http'],
  [':scheme', 'https'],
  [':status', '200'],
  [':status', '204'],
  [':status', '206'],
  [':status', '304'],
  [':status', '400'],
  [':status', '404'],
  [':status', '500'],
  ['accept-charset', ''],
  ['accept-encoding', 'gzip, deflate'],
  ['accept-language', ''],
  ['accept-ranges', ''],
  ['accept', ''],
  ['access-control-allow-origin', ''],
  ['age', ''],
  ['allow', ''],
  ['authorization', ''],
  ['cache-control', ''],
  ['content-disposition', ''],
  ['content-encoding', ''],
  ['content-language', ''],
  ['content-length', ''],
  ['content-location', ''],
  ['content-range', ''],
  ['content-type', ''],
  ['cookie', ''],
  ['date', ''],
  ['etag', ''],
  ['expect', ''],
  ['expires', ''],
  ['from', ''],
  ['host', ''],
  ['if-match', ''],
  ['if-modified-since', ''],
  ['if-none-match', ''],
  ['if-range', ''],
  ['if-unmodified-since', ''],
  ['last-modified', ''],
  ['link', ''],
  ['location', ''],
  ['max-forwards', ''],
  ['proxy-authenticate', ''],
  ['proxy-authorization', ''],
  ['range', ''],
  ['referer', ''],
  ['refresh', ''],
  ['retry-after', ''],
  ['server', ''],
  ['set-cookie', ''],
  ['strict-transport-security', ''],
  ['transfer-encoding', ''],
  ['user-agent', ''],
  ['vary', ''],
  ['via', ''],
  ['www-authenticate', ''],
]
/** What a field takes in addition to its characters. @see https://www.rfc-editor.org/rfc/rfc7541#section-4.1 */
const FIELD_OVERHEAD = 32
/** The size of the dynamic table unless the peers agree on another one. */
export const DEFAULT_TABLE_SIZE = 4096

export function fieldSize([name, value]: HeaderField): number {
  return name.length + value.length + FIELD_OVERHEAD
}

/** The fields that a header block can refer to by number: the static ones, then the latest ones of this connection. */
export class HeaderTable {
  #maxSize = DEFAULT_TABLE_SIZE
  #size = 0
  /** The newest first. */
  readonly #dynamic: HeaderField[] = []

  /** @param index from 1. */
  get(index: number): HeaderField | undefined {
    return STATIC_TABLE[index - 1] ?? this.#dynamic[index - 1 - STATIC_TABLE.length]
  }

  add(field: HeaderField): void {
    this.#size += fieldSize(field)
    this.#dynamic.unshift(field)
    this.#evict()
  }

  resize(maxSize: number): void {
    this.#maxSize = maxSize
    this.#evict()
  }

  #evict(): void {
    while (this.#size > this.#maxSize) this.#size -= fieldSize(this.#dynamic.pop() as HeaderField)
  }
}
