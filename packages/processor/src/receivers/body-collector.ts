import type { BufferPool } from '../otlp/buffer-pool.ts'
import { bodyTooLarge } from '../protocol/otlp-error.ts'
import type { Admission } from './admission.ts'

export interface BodyLimits {
  /** After decompression. */
  readonly maxBytes: number
  readonly pool: BufferPool
  readonly admission: Admission
}

/** Bytes in borrowed memory. */
export interface PooledBytes {
  readonly bytes: Buffer
  /** The same memory, with the free space behind the bytes. */
  readonly memory: Buffer
  release(): void
}

/** A sender may state any length: for a longer body, memory is not taken before bytes have come in. */
const MAX_TRUSTED_LENGTH = 4 * 2 ** 20
/** The part of a longer body that must have come in before memory for all of it is taken. */
const TRUSTED_AFTER = 1 / 16
const SMALLEST_BODY = 64 * 2 ** 10
const NOTHING = Buffer.alloc(0)

/** The size with some space added: what is written into a batch of traces then usually fits, and needs no second buffer. */
export function withRoom(bytes: number): number {
  return Math.ceil(bytes * 1.125)
}

/**
 * Collects a body chunk by chunk. Each chunk counts against the admission limit until the body is released.
 * Every method but `release` throws OtlpError when a limit is exceeded, after having released the body.
 */
export class BodyCollector {
  readonly #limits: BodyLimits
  readonly #stated: number
  readonly #isTrusted: boolean
  #buffer: Buffer
  #received = 0
  #reserved = 0

  /** @param stated the length that the sender stated, NaN if it did not. */
  constructor(limits: BodyLimits, stated: number) {
    this.#limits = limits
    if (stated > limits.maxBytes) throw bodyTooLarge(limits.maxBytes)
    this.#stated = stated
    this.#isTrusted = stated <= MAX_TRUSTED_LENGTH
    if (this.#isTrusted) limits.admission.reserve(stated)
    this.#reserved = this.#isTrusted ? stated : 0
    this.#buffer = limits.pool.acquire(
      (this.#isTrusted ? withRoom(stated) : stated * TRUSTED_AFTER) || SMALLEST_BODY,
    )
  }

  /** Whether memory for the body is only taken as it comes in. */
  get isLarge(): boolean {
    return !this.#isTrusted
  }

  /** Bytes of the stated length that have not come in yet. */
  get missing(): number {
    return this.#stated - this.#received
  }

  /** Copies the chunk. */
  push(chunk: Buffer): void {
    const received = this.#received + chunk.byteLength
    if (!this.#isTrusted) this.#admit(received)
    if (received > this.#buffer.byteLength) this.#grow(received)
    chunk.copy(this.#buffer, this.#received)
    this.#received = received
  }

  /** Where the next bytes may be written; never empty before the stated length has come in. */
  room(): Buffer {
    if (this.#received === this.#buffer.byteLength) this.#grow(this.#received + 1)
    return this.#buffer.subarray(this.#received, Math.min(this.#buffer.byteLength, this.#stated))
  }

  /** To be called once bytes were written into `room`. */
  advance(bytes: number): void {
    const received = this.#received + bytes
    if (!this.#isTrusted) this.#admit(received)
    this.#received = received
  }

  /** The whole body, with the collector's memory. */
  finish(): PooledBytes {
    const memory = this.#buffer
    return { bytes: memory.subarray(0, this.#received), memory, release: () => this.release() }
  }

  release(): void {
    this.#limits.admission.release(this.#reserved)
    this.#reserved = 0
    if (this.#buffer.byteLength > 0) this.#limits.pool.release(this.#buffer)
    this.#buffer = NOTHING
  }

  #admit(received: number): void {
    try {
      if (received > this.#limits.maxBytes) throw bodyTooLarge(this.#limits.maxBytes)
      this.#limits.admission.reserve(received - this.#reserved)
    } catch (error) {
      this.release()
      throw error
    }
    this.#reserved = received
  }

  #grow(received: number): void {
    const stated = Number.isNaN(this.#stated) ? 2 * this.#buffer.byteLength : withRoom(this.#stated)
    const larger = this.#limits.pool.acquire(Math.max(received, stated))
    this.#buffer.copy(larger, 0, 0, this.#received)
    this.#limits.pool.release(this.#buffer)
    this.#buffer = larger
  }
}
