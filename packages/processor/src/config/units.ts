const SIZE = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)?$/
export const SIZE_UNITS: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
}

const DURATION = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/
export const DURATION_UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 6e4, h: 3.6e6, d: 8.64e7 }

/** `20MiB`, `2 GB` or a number of bytes. The schema has checked the form. */
export function parseSize(value: string | number): number {
  if (typeof value === 'number') return value
  const [, amount = '0', unit = 'B'] = SIZE.exec(value) ?? []
  return Math.floor(Number(amount) * (SIZE_UNITS[unit] ?? 1))
}

/** `200ms`, `5s`, `1m`, `12h`, `400d` or 0, in milliseconds. The schema has checked the form. */
export function parseDuration(value: string | number): number {
  if (typeof value === 'number') return value
  const [, amount = '0', unit = 'ms'] = DURATION.exec(value) ?? []
  return Number(amount) * (DURATION_UNITS[unit] ?? 1)
}

/** The longest time that Node's timers can wait; for a longer one they don't wait at all. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** Like `parseDuration`, for timers. */
export function parseTimer(value: string | number): number {
  return Math.min(parseDuration(value), MAX_TIMER_MS)
}
