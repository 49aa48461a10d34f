import { closeSync, constants, fstatSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { MeteredCall } from '../enrichment/metered-call.ts'
import { spanHash } from '../otlp/span-hash.ts'

/** How many of the newest GenAI calls are remembered at least; at most twice as many. */
const SEEN_CALLS_WINDOW: number = 2 ** 18
const ID_BYTES = 16
const ID_WORDS = 4

/**
 * Remembers by trace id and span id which GenAI calls have been counted, so that a client's retry, a duplicated batch or a
 * restart adds nothing to the cost metrics. There are two generations; when the newer one is full, the older one is forgotten.
 * Each id is appended to a file in the queue directory, which is read back after a restart.
 */
export class SeenCalls {
  readonly #paths: { readonly current: string; readonly previous: string } | undefined
  #file: IdFile | undefined
  #current = new IdSet()
  #previous = new IdSet()

  /** Without a directory, calls are forgotten when the process ends. */
  constructor(directory: string | undefined) {
    if (directory === undefined) return
    this.#paths = { current: join(directory, 'seen-calls'), previous: join(directory, 'seen-calls.previous') }
    this.#previous = readIds(this.#paths.previous)
    this.#current = readIds(this.#paths.current)
    this.#file = new IdFile(this.#paths.current)
  }

  /** Remembers the calls and returns those not seen before. */
  add(calls: readonly MeteredCall[]): readonly MeteredCall[] {
    if (calls.length === 0) return calls
    const ids = Buffer.allocUnsafe(calls.length * ID_BYTES)
    let used = 0
    const fresh = calls.filter(({ identity: [, , third, fourth, first, second] }) => {
      // The span id and the random half of the trace id are enough to tell calls apart, and take less memory.
      if (this.#previous.has(first, second, third, fourth)) return false
      if (!this.#current.add(first, second, third, fourth)) return false
      used = ids.writeInt32LE(first, used)
      used = ids.writeInt32LE(second, used)
      used = ids.writeInt32LE(third, used)
      used = ids.writeInt32LE(fourth, used)
      return true
    })
    this.#file?.append(ids.subarray(0, used))
    if (this.#current.size >= SEEN_CALLS_WINDOW) this.#rotate()
    return fresh
  }

  close(): void {
    this.#file?.close()
    this.#file = undefined
  }

  #rotate(): void {
    this.#previous = this.#current
    this.#current = new IdSet()
    if (this.#paths === undefined || this.#file === undefined) return
    this.#file.close()
    try {
      renameSync(this.#paths.current, this.#paths.previous)
      this.#file = new IdFile(this.#paths.current)
    } catch {
      // The directory is gone, or its disk full, which the queue reports. From here on, calls are only kept in memory.
      this.#file = undefined
    }
  }
}

function readIds(path: string): IdSet {
  const ids = new IdSet()
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ids
    throw error
  }
  for (let at = 0; at + ID_BYTES <= bytes.byteLength; at += ID_BYTES) {
    const [first, second, third, fourth] = [0, 4, 8, 12].map((offset) => bytes.readInt32LE(at + offset))
    ids.add(first!, second!, third!, fourth!)
  }
  return ids
}

/**
 * A file of ids. If writing fails, those ids are forgotten at the next restart, but that must not fail a request that the queue
 * has taken; the queue reports a full disk.
 */
class IdFile {
  readonly #file: number
  /** Bytes of complete ids: an incomplete one, of a write that was cut short, is overwritten. */
  #size: number

  constructor(path: string) {
    this.#file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600)
    const { size } = fstatSync(this.#file)
    this.#size = size - (size % ID_BYTES)
  }

  append(ids: Buffer): void {
    if (ids.byteLength === 0) return
    try {
      const written = writeSync(this.#file, ids, 0, ids.byteLength, this.#size)
      this.#size += written - (written % ID_BYTES)
    } catch {
      // See above.
    }
  }

  close(): void {
    closeSync(this.#file)
  }
}

/** A hash table in one typed array, with open addressing: 16 bytes for an id, where a Set of strings takes more than 100. */
class IdSet {
  size = 0
  #slots = new Int32Array(1024 * ID_WORDS)

  has(first: number, second: number, third: number, fourth: number): boolean {
    return this.#slots[this.#find(first, second, third, fourth)] !== 0
  }

  /** Returns false if the id was there. An id of zeros is no id and always counts as new. */
  add(first: number, second: number, third: number, fourth: number): boolean {
    if ((first | second | third | fourth) === 0) return true
    const slot = this.#find(first, second, third, fourth)
    const slots = this.#slots
    if (slots[slot] !== 0) return false
    slots[slot] = first || 1
    slots[slot + 1] = second
    slots[slot + 2] = third
    slots[slot + 3] = fourth
    this.size += 1
    if (this.size * 2 * ID_WORDS > slots.length) this.#grow()
    return true
  }

  /** Index of the slot that holds the id, or of the free one where it would go. The first word of a used slot is not 0. */
  #find(first: number, second: number, third: number, fourth: number): number {
    const slots = this.#slots
    const mask = slots.length / ID_WORDS - 1
    const head = first || 1
    const hash = spanHash(spanHash(0, third, fourth), head, second)
    for (let index = hash & mask; ; index = (index + 1) & mask) {
      const slot = index * ID_WORDS
      if (slots[slot] === 0) return slot
      if (
        slots[slot] === head &&
        slots[slot + 1] === second &&
        slots[slot + 2] === third &&
        slots[slot + 3] === fourth
      ) {
        return slot
      }
    }
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Int32Array(old.length * 2)
    for (let slot = 0; slot < old.length; slot += ID_WORDS) {
      if (old[slot] === 0) continue
      const free = this.#find(old[slot]!, old[slot + 1]!, old[slot + 2]!, old[slot + 3]!)
      this.#slots.set(old.subarray(slot, slot + ID_WORDS), free)
    }
  }
}
