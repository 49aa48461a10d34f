import { appendFile, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { QueueRecord } from '../queue/record.ts'
import type { OtlpEncoding, Signal } from '../types.ts'

/** A record that a destination refused for good: one line of JSON, its bytes in base64. */
export interface DeadLetter {
  readonly time: string
  readonly reason: string
  readonly signal: Signal
  readonly encoding: OtlpEncoding
  readonly items: number
  readonly body: string
}

/** Per destination; past it, records are dropped and only counted. */
const MAX_FILE_BYTES = 256 * 2 ** 20

/** Files of refused records, one a destination: `<directory>/<destination>.jsonl`. */
export class DeadLetters {
  readonly #directory: string
  #writing: Promise<unknown> = Promise.resolve()

  constructor(directory: string) {
    this.#directory = directory
  }

  /** Returns whether the record was kept. */
  append(destination: string, record: QueueRecord, reason: string): Promise<boolean> {
    const result = this.#writing.then(() =>
      this.#write(this.#path(destination), toDeadLetter(record, reason)),
    )
    this.#writing = result
    return result
  }

  /** Takes all letters of a destination out of the file; those that fail again have to be appended again. */
  async takeAll(destination: string): Promise<{ letters: DeadLetter[]; forget(): Promise<void> }> {
    const path = this.#path(destination)
    // A service may be appending at this moment: it goes on in a new file.
    const taken = `${path}.replaying`
    const resumed = await readLetters(taken)
    if (resumed.length === 0) await rename(path, taken).catch(ignoreMissing)
    const letters = resumed.length === 0 ? await readLetters(taken) : resumed
    return { letters, forget: () => rm(taken, { force: true }) }
  }

  async #write(path: string, letter: DeadLetter): Promise<boolean> {
    try {
      await mkdir(this.#directory, { recursive: true, mode: 0o700 })
      const line = `${JSON.stringify(letter)}\n`
      const size = await stat(path).then(
        (status) => status.size,
        () => 0,
      )
      if (size + line.length > MAX_FILE_BYTES) return false
      await appendFile(path, line, { mode: 0o600 })
      return true
    } catch {
      return false
    }
  }

  #path(destination: string): string {
    return join(this.#directory, `${destination}.jsonl`)
  }
}

export function toRecord({ time, signal, encoding, items, body }: DeadLetter): QueueRecord {
  return {
    signal,
    encoding,
    itemCount: items,
    acceptedAt: Date.parse(time),
    payload: Buffer.from(body, 'base64'),
  }
}

function toDeadLetter({ signal, encoding, itemCount, payload }: QueueRecord, reason: string): DeadLetter {
  return {
    time: new Date().toISOString(),
    reason,
    signal,
    encoding,
    items: itemCount,
    body: Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('base64'),
  }
}

async function readLetters(path: string): Promise<DeadLetter[]> {
  const text = await readFile(path, 'utf8').catch(ignoreMissing)
  return (text ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as DeadLetter)
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
