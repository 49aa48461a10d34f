/** A trace id and a span id as four and two little-endian 32-bit words. Zeros if the span has none. */
export type SpanIdentity = readonly [number, number, number, number, number, number]

/** From ids in hex digits of either case; an empty id becomes zeros. */
export function identityOf(traceId: string, spanId: string): SpanIdentity {
  return [
    readHex(traceId, 0),
    readHex(traceId, 8),
    readHex(traceId, 16),
    readHex(traceId, 24),
    readHex(spanId, 0),
    readHex(spanId, 8),
  ]
}

/** 32 lower-case hex digits; empty for no id. */
export function traceIdOf([first, second, third, fourth]: SpanIdentity): string {
  return (first | second | third | fourth) === 0 ? '' : hex(first) + hex(second) + hex(third) + hex(fourth)
}

/** 16 lower-case hex digits; empty for no id. */
export function spanIdOf(identity: SpanIdentity): string {
  const [, , , , first, second] = identity
  return (first | second) === 0 ? '' : hex(first) + hex(second)
}

function hex(word: number): string {
  let text = ''
  for (let byte = 0; byte < 4; byte++) text += ((word >>> (byte * 8)) & 0xff).toString(16).padStart(2, '0')
  return text
}

function readHex(text: string, start: number): number {
  let word = 0
  for (let index = 7; index >= 0; index--) {
    // The second digit of a byte is the lower one.
    word = (word << 4) | hexDigit(text.charCodeAt(start + (index ^ 1)))
  }
  return word
}

/** 0 past the end of the text. */
function hexDigit(code: number): number {
  return code >= 64 ? (code & 15) + 9 : code & 15
}
