import type { BufferPool } from '../otlp/buffer-pool.ts'
import type { Admission } from './admission.ts'
import { bodyTooLarge } from './otlp-error.ts'

export interface BodyLimits {
  /** After decompression. */
  readonly maxBytes: number
  readonly pool: BufferPool
  readonly admission: Admission
}

/** Bytes that go back where they came from. */
export interface PooledBytes {
  readonly bytes: Buffer
  release(): void
}

/** A sender may state any length; memory for more than this is only taken as the bytes come in. */
const MAX_TRUSTED_LENGTH = 4 * 2 ** 20

/**
 * Collects a body chunk by chunk. Each chunk counts against the admission limit until the body is released.
 * Every method but `release` throws OtlpError when a limit is passed; the body is then released already.
 */
export class BodyCollector {
  readonly #limits: BodyLimits
  #buffer: Buffer | undefined
  readonly #chunks: Buffer[] = []
  #received = 0
  #reserved = 0

  /** @param stated the length that the sender stated, NaN if it did not. */
  constructor(limits: BodyLimits, stated: number) {
    this.#limits = limits
    if (stated > limits.maxBytes) throw bodyTooLarge(limits.maxBytes)
    if (stated <= MAX_TRUSTED_LENGTH) {
      this.#reserve(stated)
      this.#buffer = limits.pool.acquire(stated)
    }
  }

  push(chunk: Buffer): void {
    if (this.#buffer !== undefined) {
      chunk.copy(this.#buffer, this.#received)
    } else {
      if (this.#received + chunk.byteLength > this.#limits.maxBytes) {
        this.release()
        throw bodyTooLarge(this.#limits.maxBytes)
      }
      this.#reserve(chunk.byteLength)
      this.#chunks.push(chunk)
    }
    this.#received += chunk.byteLength
  }

  /** The whole body; the collector's memory goes with it. */
  finish(): PooledBytes {
    if (this.#buffer === undefined) {
      this.#buffer = this.#limits.pool.acquire(this.#received)
      let offset = 0
      for (const chunk of this.#chunks) offset += chunk.copy(this.#buffer, offset)
      this.#chunks.length = 0
    }
    return { bytes: this.#buffer.subarray(0, this.#received), release: () => this.release() }
  }

  release(): void {
    this.#limits.admission.release(this.#reserved)
    this.#reserved = 0
    this.#chunks.length = 0
    if (this.#buffer !== undefined) this.#limits.pool.release(this.#buffer)
    this.#buffer = undefined
  }

  #reserve(bytes: number): void {
    try {
      this.#limits.admission.reserve(bytes)
    } catch (error) {
      this.release()
      throw error
    }
    this.#reserved += bytes
  }
}
