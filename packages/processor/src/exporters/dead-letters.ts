import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { asBuffer } from '../otlp/as-buffer.ts'
import type { QueueRecord } from '../queue/record.ts'
import type { OtlpEncoding, Signal } from '../types.ts'

/** A record that a destination refused for good, as one line of JSON with the bytes in base64. */
export interface DeadLetter {
  readonly time: string
  readonly reason: string
  readonly signal: Signal
  readonly encoding: OtlpEncoding
  readonly items: number
  readonly body: string
}

interface Letters {
  readonly letters: readonly DeadLetter[]
  /** How many lines are incomplete because writing them failed. Their records were counted as dropped, not as kept. */
  readonly unreadable: number
}

export interface TakenLetters extends Letters {
  /** Removes the letters for good. */
  forget(): Promise<void>
}

/** Of each destination's file. Once it is full, further records are counted but not kept. */
const MAX_FILE_BYTES = 256 * 2 ** 20

/** Files of refused records, one for each destination: `<directory>/<destination>.jsonl`. */
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

  /** Takes all letters of a destination out of its file. Those that fail once more have to be appended again. */
  async takeAll(destination: string): Promise<TakenLetters> {
    const path = this.#path(destination)
    // A running service may be appending: it goes on in a new file.
    const taken = `${path}.replaying`
    const resumed = await readLetters(taken)
    if (resumed === undefined) await rename(path, taken).catch(ignoreMissing)
    const { letters, unreadable } = resumed ?? (await readLetters(taken)) ?? { letters: [], unreadable: 0 }
    return { letters, unreadable, forget: () => rm(taken, { force: true }) }
  }

  async #write(path: string, letter: DeadLetter): Promise<boolean> {
    try {
      await mkdir(this.#directory, { recursive: true, mode: 0o700 })
      return await appendLine(path, JSON.stringify(letter))
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
    body: asBuffer(payload).toString('base64'),
  }
}

/** Returns false if the file is full. If the last line is incomplete, after a full disk or a crash, it is ended first. */
async function appendLine(path: string, text: string): Promise<boolean> {
  const file = await open(path, 'a+', 0o600)
  try {
    const { size } = await file.stat()
    const last = Buffer.alloc(1)
    if (size > 0) await file.read(last, 0, 1, size - 1)
    const line = Buffer.from(size > 0 && last.toString() !== '\n' ? `\n${text}\n` : `${text}\n`)
    if (size + line.byteLength > MAX_FILE_BYTES) return false
    const { bytesWritten } = await file.write(line)
    return bytesWritten === line.byteLength
  } finally {
    await file.close()
  }
}

async function readLetters(path: string): Promise<Letters | undefined> {
  const text = await readFile(path, 'utf8').catch(ignoreMissing)
  if (text === undefined) return undefined
  const lines = text.split('\n').filter((line) => line !== '')
  const letters = lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as DeadLetter]
    } catch {
      return []
    }
  })
  return { letters, unreadable: lines.length - letters.length }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
