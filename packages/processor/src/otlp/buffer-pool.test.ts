import { expect, test } from 'vitest'
import { BufferPool } from './buffer-pool.ts'

const MEGABYTE = 2 ** 20

test.each([1, 4096, 4097, 100_000, MEGABYTE, MEGABYTE + 1, 9_800_000, 64 * MEGABYTE, 64 * MEGABYTE + 1])(
  'a buffer of %d bytes is at most a quarter longer, from 4 KiB on',
  (size) => {
    const { length } = new BufferPool().acquire(size)
    expect(length).toBeGreaterThanOrEqual(size)
    expect(length).toBeLessThanOrEqual(Math.max(4096, size * 1.25))
  },
)

test('a buffer that came back serves the next that asks for about as much', () => {
  const pool = new BufferPool()
  const buffer = pool.acquire(9_800_000)
  pool.release(buffer)
  expect(pool.acquire(9_900_000) === buffer).toBe(true)
  expect(pool.acquire(9_900_000) === buffer).toBe(false)
})

test('a full pool forgets sizes that are no longer asked for, and keeps 64 MiB of the one that is', () => {
  const pool = new BufferPool()
  const stale = pool.acquire(MEGABYTE)
  pool.release(stale)
  const buffers = Array.from({ length: 10 }, () => pool.acquire(8 * MEGABYTE))
  for (const buffer of buffers) pool.release(buffer)
  const again = Array.from({ length: 10 }, () => pool.acquire(8 * MEGABYTE))
  expect(again.filter((buffer) => buffers.includes(buffer))).toHaveLength(8)
  expect(pool.acquire(MEGABYTE) === stale).toBe(false)
})
