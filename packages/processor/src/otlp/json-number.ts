const POINT = 0x2e
const ZERO = 0x30
/** No number takes more characters. */
export const LONGEST_NUMBER = 32

/**
 * Writes a double into bytes with enough room, and returns where it ends. A number with at most twelve decimals, as nearly every
 * cost is, is written digit by digit: finding the shortest text for any double takes several times as long.
 */
export function writeNumber(bytes: Buffer, start: number, value: number): number {
  const units = Math.round(value * 1e12)
  if (!(value > 0 && units <= Number.MAX_SAFE_INTEGER && units / 1e12 === value))
    return writeText(bytes, start, value)
  const whole = Math.floor(units / 1e12)
  const fraction = units - whole * 1e12
  let end = start
  if (whole === 0) bytes[end++] = ZERO
  else end = writeText(bytes, end, whole)
  if (fraction === 0) return end
  bytes[end] = POINT
  const millionths = Math.floor(fraction / 1e6)
  writeSixDigits(bytes, end + 1, millionths)
  writeSixDigits(bytes, end + 7, fraction - millionths * 1e6)
  end += 13
  while (bytes[end - 1] === ZERO) end--
  return end
}

function writeSixDigits(bytes: Buffer, start: number, number: number): void {
  let rest = number | 0
  for (let at = start + 5; at >= start; at--) {
    const tenth = (rest / 10) | 0
    bytes[at] = ZERO + rest - tenth * 10
    rest = tenth
  }
}

function writeText(bytes: Buffer, start: number, value: number): number {
  const text = numberText(value)
  for (let index = 0; index < text.length; index++) bytes[start + index] = text.charCodeAt(index)
  return start + text.length
}

/** Numbers that JSON doesn't have (NaN, infinities) are in quotes. @see https://protobuf.dev/programming-guides/json/ */
export function numberText(value: number): string {
  return Number.isFinite(value) ? String(value) : `"${value}"`
}
