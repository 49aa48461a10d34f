import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts'
import { createLogger, rateLimited } from '../telemetry/logger.ts'
import { createTelemetry, type Telemetry } from '../telemetry/telemetry.ts'
import type { Signal } from '../types.ts'
import { DurableQueue } from './durable-queue.ts'
import { QueueDirectoryError, QueueFullError, QueueUnavailableError, RecordTooLargeError } from './errors.ts'
import type { QueueReader } from './queue-reader.ts'
import { type QueueRecord, RECORD_HEADER_BYTES } from './record.ts'
import type { DurableQueueOptions } from './types.ts'

let directory: string
let telemetry: Telemetry
const queues: DurableQueue[] = []
const mounts: string[] = []

beforeEach(() => {
  directory = temporaryDirectory()
  telemetry = createTelemetry()
})

afterEach(async () => {
  for (const queue of queues.splice(0)) await queue.close().catch(() => undefined)
  for (const mount of mounts.splice(0)) execFileSync('umount', [mount])
})

async function openQueue(
  options: Partial<DurableQueueOptions> & { names?: string[] } = {},
): Promise<DurableQueue> {
  telemetry = createTelemetry()
  const { names = ['tempo'], ...rest } = options
  const queue = await DurableQueue.open({
    directory,
    maxBytes: 64 * 2 ** 20,
    fsync: 'never',
    destinations: names.map((name) => ({ name, accepts: () => true })),
    telemetry,
    log: rateLimited(createLogger('silent')),
    ...rest,
  })
  queues.push(queue)
  return queue
}

/** As the death of the process leaves it: the lock gone, nothing else done. */
async function crash(queue: DurableQueue): Promise<void> {
  await queue.close()
  queues.splice(queues.indexOf(queue), 1)
}

function record(text: string, signal: Signal = 'traces', itemCount = 1): QueueRecord {
  return {
    signal,
    encoding: 'protobuf',
    itemCount,
    acceptedAt: 1_700_000_000_000,
    payload: Buffer.from(text),
  }
}

const append = (queue: DurableQueue, text: string) => queue.append(record(text), () => undefined)

async function take(reader: QueueReader, count: number, finish = true): Promise<string[]> {
  const texts: string[] = []
  for (let taken = 0; taken < count; taken += 1) {
    const lease = await reader.next(AbortSignal.timeout(5_000))
    if (lease === undefined) break
    texts.push(Buffer.from(lease.record.payload).toString())
    if (finish) lease.done()
  }
  return texts
}

/** A small disk of its own; `undefined` without the right to mount one. */
function mountTmpfs(options: string): string | undefined {
  const path = join(directory, 'disk')
  mkdirSync(path)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path], { stdio: 'ignore' })
    mounts.push(path)
    return path
  } catch {
    return undefined
  }
}

async function segmentFiles(): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.endsWith('.segment')).sort()
}

/** Flips one byte of a file. */
async function damage(path: string, offset: number): Promise<void> {
  const bytes = await readFile(path)
  bytes[offset] = (bytes[offset] as number) ^ 0xff
  await writeFile(path, bytes)
}

describe('order and cursors', () => {
  test('each destination gets every record, in order, at its own pace', async () => {
    const queue = await openQueue({ names: ['tempo', 'ledger'] })
    await Promise.all(['a', 'b', 'c'].map((text) => append(queue, text)))

    expect(await take(queue.reader('tempo'), 3)).toEqual(['a', 'b', 'c'])
    expect(await take(queue.reader('ledger'), 1)).toEqual(['a'])
    await append(queue, 'd')
    expect(await take(queue.reader('ledger'), 3)).toEqual(['b', 'c', 'd'])
  })

  test('a record comes back with everything it was appended with', async () => {
    const queue = await openQueue()
    const original = record('payload', 'logs', 42)
    await queue.append(original, () => undefined)
    await crash(queue)

    const lease = await (await openQueue()).reader('tempo').next(AbortSignal.timeout(5_000))
    expect({ ...lease?.record, payload: Buffer.from(lease?.record.payload ?? []).toString() }).toMatchObject({
      signal: 'logs',
      encoding: 'protobuf',
      itemCount: 42,
      acceptedAt: 1_700_000_000_000,
      payload: 'payload',
    })
  })

  test('a restart resumes after the last record that was done, and repeats what was under way', async () => {
    const queue = await openQueue()
    for (const text of ['a', 'b', 'c', 'd']) await append(queue, text)
    const reader = queue.reader('tempo')
    await take(reader, 1)
    await take(reader, 2, false)
    await crash(queue)

    expect(await take((await openQueue()).reader('tempo'), 3)).toEqual(['b', 'c', 'd'])
  })

  test('a record that is done is on disk as such soon, though nothing comes after it', async () => {
    const queue = await openQueue()
    await append(queue, 'a')
    const cursor = join(directory, 'cursors', 'tempo.cursor')
    const before = await readFile(cursor)
    await take(queue.reader('tempo'), 1)

    await expect.poll(() => readFile(cursor), { interval: 5 }).not.toEqual(before)
  })

  test('a record that is done before an earlier one does not let the cursor pass the earlier one', async () => {
    const queue = await openQueue()
    for (const text of ['a', 'b']) await append(queue, text)
    const reader = queue.reader('tempo')
    await reader.next(AbortSignal.timeout(5_000))
    const second = await reader.next(AbortSignal.timeout(5_000))
    second?.done()
    await crash(queue)

    expect(await take((await openQueue()).reader('tempo'), 2)).toEqual(['a', 'b'])
  })

  test('a destination that is new starts with what comes after it', async () => {
    const queue = await openQueue({ names: ['tempo'] })
    await append(queue, 'before')
    await crash(queue)

    const reopened = await openQueue({ names: ['tempo', 'jaeger'] })
    await append(reopened, 'after')
    expect(await take(reopened.reader('jaeger'), 1)).toEqual(['after'])
    expect(await take(reopened.reader('tempo'), 2)).toEqual(['before', 'after'])
  })

  test('a damaged cursor starts over: twice is better than never', async () => {
    const queue = await openQueue()
    for (const text of ['a', 'b']) await append(queue, text)
    await take(queue.reader('tempo'), 1)
    await crash(queue)
    await damage(join(directory, 'cursors', 'tempo.cursor'), 9)

    expect(await take((await openQueue()).reader('tempo'), 2)).toEqual(['a', 'b'])
  })

  test('a cursor left empty, as a power cut leaves it, starts over too', async () => {
    const queue = await openQueue()
    await append(queue, 'first')
    await take(queue.reader('tempo'), 1)
    await crash(queue)
    await writeFile(join(directory, 'cursors', 'tempo.cursor'), '')
    expect(await take((await openQueue()).reader('tempo'), 1)).toEqual(['first'])
  })

  test('records of a signal that a destination does not take are passed over and not counted', async () => {
    const destinations = [{ name: 'ledger', accepts: (signal: Signal) => signal === 'traces' }]
    const queue = await openQueue({ destinations })
    await queue.append(record('metrics', 'metrics', 7), () => undefined)
    await append(queue, 'traces')

    expect(await take(queue.reader('ledger'), 1)).toEqual(['traces'])
    expect(telemetry.destinationItems.sum('ledger', 'metrics')).toBe(0)
    expect(queue.isDrained).toBe(true)
  })
})

describe('memory', () => {
  test('the payload is released once, when the last destination has finished with it', async () => {
    const queue = await openQueue({ names: ['tempo', 'ledger'] })
    let released = 0
    await queue.append(record('a'), () => {
      released += 1
    })
    await take(queue.reader('tempo'), 1)
    expect(released).toBe(0)
    await take(queue.reader('ledger'), 1)
    expect(released).toBe(1)
  })

  test('a destination that falls behind reads from disk what memory has let go', async () => {
    const queue = await openQueue({ names: ['fast', 'slow'] })
    const texts = Array.from({ length: 10 }, (_, index) => String(index).repeat(5 * 2 ** 20))
    let released = 0
    for (const text of texts) {
      await queue.append(record(text), () => {
        released += 1
      })
    }
    expect(released).toBeGreaterThanOrEqual(3)
    expect(await take(queue.reader('slow'), 10)).toEqual(texts)
    expect(await take(queue.reader('fast'), 10)).toEqual(texts)
    expect(released).toBe(10)
  })
})

describe('size', () => {
  test('is limited: past it an append is refused, and accepted again once there is room', async () => {
    const queue = await openQueue({ maxBytes: 256 * 2 ** 10 })
    const text = 'x'.repeat(60 * 2 ** 10)
    for (let count = 0; count < 4; count += 1) await append(queue, text)
    await expect(append(queue, text)).rejects.toThrow(QueueFullError)

    await take(queue.reader('tempo'), 4)
    await append(queue, text)
    expect(await take(queue.reader('tempo'), 1)).toEqual([text])
  })

  test('a segment is removed when every destination has passed it, and not before', async () => {
    const queue = await openQueue({ names: ['tempo', 'ledger'], maxBytes: 2 ** 20 })
    const text = 'x'.repeat(100 * 2 ** 10)
    for (let count = 0; count < 6; count += 1) await append(queue, text)
    const before = (await segmentFiles()).length
    await take(queue.reader('tempo'), 6)
    await append(queue, text)
    expect((await segmentFiles()).length).toBeGreaterThanOrEqual(before)
    await take(queue.reader('ledger'), 7)
    await take(queue.reader('tempo'), 1)
    await append(queue, text)
    await crash(queue)
    expect((await segmentFiles()).length).toBeLessThanOrEqual(2)
  })

  describe('of which a ledger that lags takes what backends leave', () => {
    const destinations = [
      { name: 'tempo', accepts: () => true },
      { name: 'ledger', accepts: (signal: Signal) => signal === 'traces', isBystander: true },
    ]
    const text = (index: number) => String(index % 10).repeat(60 * 2 ** 10)
    const drops = () => telemetry.destinationItems.sum('ledger', 'traces', 'dropped', 'queue_full')
    const maxBytes = 256 * 2 ** 10

    test('the oldest of it is dropped and counted, the newest kept, and no client is refused', async () => {
      const queue = await openQueue({ maxBytes, destinations })
      for (let index = 0; index < 20; index += 1) {
        await append(queue, text(index))
        await take(queue.reader('tempo'), 1)
      }
      const held = telemetry.heldItems.value('ledger', 'traces')
      expect(held).toBeGreaterThan(0)
      expect(drops() + held).toBe(20)
      expect(telemetry.sendFailed.traces.value('ledger')).toBe(drops())
      expect(telemetry.heldItems.value('tempo', 'traces')).toBe(0)
      expect(queue.heldBytes).toBe(0)

      const rest = Array.from({ length: held }, (_, index) => text(20 - held + index))
      expect(await take(queue.reader('ledger'), held)).toEqual(rest)
      expect(telemetry.heldItems.value('ledger', 'traces')).toBe(0)
      await expect.poll(async () => (await segmentFiles()).length).toBeLessThanOrEqual(4)
    })

    test('what was on its way to it ends as it will, and is counted once', async () => {
      const queue = await openQueue({ maxBytes, destinations })
      await append(queue, text(0))
      const lease = await queue.reader('ledger').next(AbortSignal.timeout(5_000))
      await take(queue.reader('tempo'), 1)
      for (let index = 1; index < 20; index += 1) {
        await append(queue, text(index))
        await take(queue.reader('tempo'), 1)
      }
      const before = drops()
      lease?.done()
      expect(Buffer.from(lease?.record.payload ?? []).toString()).toBe(text(0))
      const held = telemetry.heldItems.value('ledger', 'traces')
      expect([drops(), held]).toEqual([before, 19 - before])
      await take(queue.reader('ledger'), held)
      expect(telemetry.heldItems.value('ledger', 'traces')).toBe(0)
      expect(queue.reader('ledger').caughtUp).toBe(true)
    })

    test('a restart goes on with what is left', async () => {
      const queue = await openQueue({ maxBytes, destinations })
      for (let index = 0; index < 20; index += 1) {
        await append(queue, text(index))
        await take(queue.reader('tempo'), 1)
      }
      const held = telemetry.heldItems.value('ledger', 'traces')
      await crash(queue)
      const reopened = await openQueue({ maxBytes, destinations })
      expect(telemetry.heldItems.value('ledger', 'traces')).toBe(held)
      expect((await take(reopened.reader('ledger'), held)).at(-1)).toBe(text(19))
    })

    test('what a backend still needs is not given up: the client is refused', async () => {
      const queue = await openQueue({ maxBytes, destinations })
      for (let index = 0; index < 4; index += 1) await append(queue, text(index))
      await take(queue.reader('ledger'), 4)
      await expect(append(queue, text(4))).rejects.toThrow(QueueFullError)
      expect(drops()).toBe(0)
      expect(await take(queue.reader('tempo'), 4)).toEqual([0, 1, 2, 3].map(text))
    })
  })

  test('a limit that was lowered across a restart refuses new records and still delivers the old', async () => {
    const queue = await openQueue()
    const text = 'x'.repeat(300 * 2 ** 10)
    await append(queue, text)
    await crash(queue)

    const smaller = await openQueue({ maxBytes: 200 * 2 ** 10 })
    await expect(append(smaller, 'more')).rejects.toThrow(QueueFullError)
    expect(await take(smaller.reader('tempo'), 1)).toEqual([text])
  })
})

describe('damage', () => {
  async function fill(texts: string[]): Promise<string> {
    const queue = await openQueue()
    for (const text of texts) await append(queue, text)
    await crash(queue)
    return join(directory, (await segmentFiles())[0] as string)
  }

  test.each([
    ['in the middle of a payload', (size: number) => size - 3],
    ['in the middle of a header', (size: number) => size - 5 - RECORD_HEADER_BYTES + 10],
  ])('a tail torn %s is cut, and what stands before it is delivered', async (_where, cutAt) => {
    const path = await fill(['first', 'other'])
    await truncate(path, cutAt((await stat(path)).size))

    const queue = await openQueue()
    expect(await take(queue.reader('tempo'), 1)).toEqual(['first'])
    expect(queue.isDrained || queue.reader('tempo').caughtUp).toBe(true)
    expect(telemetry.corruptSegments.value()).toBe(0)
    expect(telemetry.destinationItems.sum('tempo', 'traces', 'received')).toBe(1)
  })

  test('a tail of zeros, as a power cut leaves it, is cut too', async () => {
    const path = await fill(['first'])
    const file = await open(path, 'a')
    await file.write(Buffer.alloc(4096))
    await file.close()

    const queue = await openQueue()
    expect(await take(queue.reader('tempo'), 1)).toEqual(['first'])
    expect(telemetry.corruptSegments.value()).toBe(0)
  })

  test('a damaged payload costs that record: counted as dropped, the file set aside, the rest delivered', async () => {
    const path = await fill(['first', 'other', 'third'])
    await damage(path, 2 * RECORD_HEADER_BYTES + 5 + 1)

    const queue = await openQueue()
    await append(queue, 'fresh')
    expect(await take(queue.reader('tempo'), 3)).toEqual(['first', 'third', 'fresh'])
    expect(telemetry.corruptSegments.value()).toBe(1)
    expect(telemetry.destinationItems.sum('tempo', 'traces', 'dropped', 'corrupt')).toBe(1)
    expect(telemetry.destinationItems.sum('tempo', 'traces', 'received')).toBe(4)
    expect(telemetry.heldItems.value('tempo', 'traces')).toBe(0)
    await expect.poll(() => readdir(join(directory, 'corrupt')).catch(() => [])).toHaveLength(1)
  })

  test('a damaged header costs the rest of its file, which is set aside; later files are delivered', async () => {
    const path = await fill(['first', 'other', 'third'])
    await damage(path, RECORD_HEADER_BYTES + 5 + 6)

    const queue = await openQueue()
    await append(queue, 'fresh')
    expect(await take(queue.reader('tempo'), 2)).toEqual(['first', 'fresh'])
    expect(telemetry.corruptSegments.value()).toBe(1)
    await expect.poll(() => readdir(join(directory, 'corrupt')).catch(() => [])).toHaveLength(1)
  })
})

describe('disk', () => {
  test('a full disk refuses, and accepts again once there is room; nothing accepted is lost', async (context) => {
    const mount = mountTmpfs('size=1m')
    if (mount === undefined) return context.skip('needs the right to mount a tmpfs')
    const queue = await openQueue({ directory: mount })
    await append(queue, 'before')
    const text = 'x'.repeat(400 * 2 ** 10)
    await append(queue, text)
    await append(queue, text)
    await expect(append(queue, text)).rejects.toThrow(`the disk under ${mount} is full`)
    expect(queue.failure).toBeInstanceOf(QueueUnavailableError)

    execFileSync('mount', ['-o', 'remount,size=8m', mount])
    await expect.poll(() => queue.failure).toBeUndefined()
    await append(queue, 'after')
    await crash(queue)
    expect(await take((await openQueue({ directory: mount })).reader('tempo'), 4)).toEqual([
      'before',
      text,
      text,
      'after',
    ])
    expect(telemetry.corruptSegments.value()).toBe(0)
  })

  test('a full disk that holds nothing but what is delivered goes on', async (context) => {
    const mount = mountTmpfs('size=1m')
    if (mount === undefined) return context.skip('needs the right to mount a tmpfs')
    const queue = await openQueue({ directory: mount })
    for (let index = 0; index < 10; index += 1) {
      await append(queue, String(index).repeat(300 * 2 ** 10))
      await take(queue.reader('tempo'), 1)
    }
    expect(queue.failure).toBeUndefined()
  })

  test('a full disk costs those that nobody waits for the oldest, and no client its batch', async (context) => {
    const mount = mountTmpfs('size=1m')
    if (mount === undefined) return context.skip('needs the right to mount a tmpfs')
    const queue = await openQueue({
      directory: mount,
      destinations: [
        { name: 'tempo', accepts: () => true },
        { name: 'ledger', accepts: () => true, isBystander: true },
      ],
    })
    for (let index = 0; index < 10; index += 1) {
      await append(queue, String(index).repeat(300 * 2 ** 10))
      await take(queue.reader('tempo'), 1)
    }
    const dropped = telemetry.destinationItems.sum('ledger', 'traces', 'dropped', 'queue_full')
    expect(dropped + telemetry.heldItems.value('ledger', 'traces')).toBe(10)
    expect(dropped).toBeLessThan(10)
  })

  test('a directory that is removed while in use takes nothing more, and says so', async () => {
    const queue = await openQueue()
    await append(queue, 'before')
    await rm(directory, { recursive: true })
    await expect.poll(() => queue.failure?.message).toMatch(/was removed or replaced while in use/)
    await expect(append(queue, 'after')).rejects.toThrow(/restart spanmeter/)
  })

  test('a record larger than the whole queue is refused for good', async () => {
    const queue = await openQueue({ maxBytes: 64 * 2 ** 10 })
    await expect(append(queue, 'x'.repeat(65 * 2 ** 10))).rejects.toThrow(RecordTooLargeError)
  })

  test('a read-only file system is refused with what to do', async (context) => {
    const mount = mountTmpfs('size=1m,ro')
    if (mount === undefined) return context.skip('needs the right to mount a tmpfs')
    await expect(openQueue({ directory: mount })).rejects.toThrow(
      /is on a read-only file system; mount a writable volume/,
    )
  })

  test('a directory that may not be written is refused with what to do', async () => {
    await writeFile(join(directory, 'file'), '')
    await expect(openQueue({ directory: join(directory, 'file', 'queue') })).rejects.toThrow(
      /is not a directory; set sending_queue.directory/,
    )
  })

  test('a directory that can’t be made is refused with what to do', async (context) => {
    const mount = mountTmpfs('size=1m,ro')
    if (mount === undefined) return context.skip('needs the right to mount a tmpfs')
    await expect(openQueue({ directory: join(mount, 'queue') })).rejects.toThrow(
      /read-only file system|check that its file system is mounted and writable/,
    )
  })

  test('a second process on the same directory is refused, with the process that holds it', async () => {
    await openQueue()
    await expect(openQueue()).rejects.toThrow(
      new RegExp(`is in use by another spanmeter \\(process ${process.pid}\\)`),
    )
    await expect(openQueue()).rejects.toThrow(QueueDirectoryError)
  })

  test('an append to a closed queue is refused', async () => {
    const queue = await openQueue()
    await crash(queue)
    await expect(append(queue, 'late')).rejects.toThrow(QueueUnavailableError)
  })
})

describe('books', () => {
  test('received = exported + held over a restart', async () => {
    const queue = await openQueue()
    for (let count = 1; count <= 5; count += 1)
      await queue.append(record(`r${count}`, 'traces', count), () => undefined)
    await take(queue.reader('tempo'), 2)
    expect(telemetry.heldItems.value('tempo', 'traces')).toBe(12)
    await crash(queue)

    const reopened = await openQueue()
    expect(telemetry.destinationItems.sum('tempo', 'traces', 'received')).toBe(12)
    expect(telemetry.heldItems.value('tempo', 'traces')).toBe(12)
    await take(reopened.reader('tempo'), 3)
    expect(telemetry.heldItems.value('tempo', 'traces')).toBe(0)
  })
})

describe('many runs', () => {
  test('that ended before anything was accepted leave no files behind', async () => {
    for (let run = 0; run < 5; run += 1) await crash(await openQueue())
    await openQueue()
    expect(await segmentFiles()).toHaveLength(1)
  })

  test('leave thousands of segments, which the next one delivers in order', async () => {
    const queue = await openQueue()
    await append(queue, 'x')
    await crash(queue)
    const content = await readFile(join(directory, (await segmentFiles())[0] as string))
    for (let number = 1; number <= 3_000; number += 1) {
      await writeFile(join(directory, `${String(number).padStart(16, '0')}.segment`), content)
    }
    const reopened = await openQueue()
    expect(telemetry.heldItems.value('tempo', 'traces')).toBe(3_000)
    await append(reopened, 'last')
    const texts = await take(reopened.reader('tempo'), 3_001)
    expect([texts.length, texts.at(-1)]).toEqual([3_001, 'last'])
    expect(telemetry.heldItems.value('tempo', 'traces')).toBe(0)
  }, 60_000)
})
