import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { LedgerError, toLedgerError } from './errors.ts'
import { migrate } from './migrations.ts'
import { Slots } from './slots.ts'

export interface DatabaseOptions {
  readonly path: string
  readonly readOnly: boolean
  /** Bytes. */
  readonly memoryLimit: number
}

/**
 * How large the write-ahead log may get before it is moved into the file. Until then its rows take twice as much in
 * memory; if they are moved more often, they take more room in the file.
 */
const CHECKPOINT_THRESHOLD = '64MB'

/**
 * Grouping by columns of up to this many bits in total uses an array instead of a hash table: twice as fast, at 8 MB
 * for each sum.
 */
export const ARRAY_GROUPING_BITS = 20

/**
 * The storage version of a new file, which determines the DuckDB that other tools need to read it. It is the first in
 * which text columns can be filtered and grouped by their dictionaries alone, which is twice as fast.
 */
const STORAGE_VERSION = 'v1.3.0'

/** A query holds one of libuv's four threads until it is done, and the sending queue needs some to reach the disk. */
const READERS = 2

/**
 * The DuckDB file: readers beside one writer at a time. An error that leaves DuckDB unusable, such as a full disk in
 * the middle of a commit, closes the instance; the next use opens the file again.
 */
export class Database {
  readonly #options: DatabaseOptions
  /** The only place outside the file that SQL may read or write: made by the first export, for nothing else needs it. */
  readonly exportDirectory: string = join(tmpdir(), `spanmeter-export-${randomUUID()}`)
  #instance: DuckDBInstance | undefined
  #writer: DuckDBConnection | undefined
  #opening: Promise<DuckDBInstance> | undefined
  #writing: Promise<unknown> = Promise.resolve()
  readonly #readers: Slots = new Slots(READERS)
  readonly #closing = new AbortController()

  private constructor(options: DatabaseOptions) {
    this.#options = options
  }

  /** Opens the file, creates it where it is to be written, and brings its schema up to date. */
  static async open(options: DatabaseOptions): Promise<Database> {
    const database = new Database(options)
    try {
      if (!options.readOnly) await mkdir(dirname(options.path), { recursive: true })
      await database.read((connection) => migrate(connection, options.path, options.readOnly))
    } catch (error) {
      await database.close()
      throw toLedgerError(error, options.path)
    }
    return database
  }

  /**
   * Runs on a connection of its own, beside the writer and one other reader.
   *
   * @throws the signal's reason once it aborts
   */
  async read<T>(use: (connection: DuckDBConnection) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const signals = [this.#closing.signal, ...(signal === undefined ? [] : [signal])]
    return await this.#readers.hold(async () => {
      checkAll(signals)
      try {
        return await this.#guarded((instance) => readOn(instance, use, signals))
      } catch (error) {
        checkAll(signals)
        throw error
      }
    })
  }

  /** Runs on the writing connection, one write after another. */
  async write<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    if (this.#options.readOnly) {
      throw new LedgerError('ledger_read_only', `ledger ${this.#options.path} was opened to read only`)
    }
    const turn = this.#writing.then(() =>
      this.#guarded(async (instance) => {
        this.#writer ??= await instance.connect()
        return await use(this.#writer)
      }),
    )
    this.#writing = turn.catch(() => {})
    return await turn
  }

  /** Waits for the current write, interrupts readers, and releases the file. */
  async close(): Promise<void> {
    this.#closing.abort(new LedgerError('ledger_closed', `ledger ${this.#options.path} is closed`))
    await this.#writing
    await Promise.all(Array.from({ length: READERS }, () => this.#readers.hold(async () => {})))
    await this.#opening?.catch(() => {})
    // Closing would do this too, but would block the event loop.
    await this.#writer?.run('CHECKPOINT').catch(() => {})
    this.#release()
    await rm(this.exportDirectory, { recursive: true, force: true })
  }

  async #guarded<T>(use: (instance: DuckDBInstance) => Promise<T>): Promise<T> {
    this.#closing.signal.throwIfAborted()
    try {
      return await use(await this.#open())
    } catch (error) {
      if (isFatal(error)) this.#release()
      throw toLedgerError(error, this.#options.path)
    }
  }

  async #open(): Promise<DuckDBInstance> {
    if (this.#instance !== undefined) return this.#instance
    this.#opening ??= this.#create().finally(() => {
      this.#opening = undefined
    })
    this.#instance = await this.#opening
    return this.#instance
  }

  async #create(): Promise<DuckDBInstance> {
    const { path, readOnly, memoryLimit } = this.#options
    if (readOnly) await stat(path)
    const isNew = !existsSync(path)
    const instance = await DuckDBInstance.create(path, {
      memory_limit: `${memoryLimit}B`,
      checkpoint_threshold: CHECKPOINT_THRESHOLD,
      perfect_ht_threshold: String(ARRAY_GROUPING_BITS),
      storage_compatibility_version: STORAGE_VERSION,
      ...(readOnly && { access_mode: 'READ_ONLY' }),
    }).catch(async (error: unknown) => {
      // If the disk is full, the incomplete new file would count as a corrupt ledger from then on.
      if (isNew && toLedgerError(error, path).code === 'ledger_disk_full') await rm(path, { force: true })
      throw error
    })
    const connection = await instance.connect()
    // From here on, no SQL can reach other files or load code.
    await connection.run(`SET allowed_directories = ['${this.exportDirectory.replaceAll("'", "''")}']`)
    await connection.run('SET enable_external_access = false')
    await connection.run('SET lock_configuration = true')
    connection.closeSync()
    return instance
  }

  #release(): void {
    this.#writer?.closeSync()
    this.#writer = undefined
    this.#instance?.closeSync()
    this.#instance = undefined
  }
}

/** A connection between two statements can't be interrupted, so this is repeated until reading ends. */
const INTERRUPT_EVERY_MILLISECONDS = 20

async function readOn<T>(
  instance: DuckDBInstance,
  use: (connection: DuckDBConnection) => Promise<T>,
  signals: readonly AbortSignal[],
): Promise<T> {
  const connection = await instance.connect()
  let timer: NodeJS.Timeout | undefined
  const interrupt = (): void => {
    timer ??= setInterval(() => connection.interrupt(), INTERRUPT_EVERY_MILLISECONDS)
  }
  for (const signal of signals) signal.addEventListener('abort', interrupt)
  try {
    checkAll(signals)
    return await use(connection)
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', interrupt)
    clearInterval(timer)
    connection.closeSync()
  }
}

function checkAll(signals: readonly AbortSignal[]): void {
  for (const signal of signals) signal.throwIfAborted()
}

function isFatal(error: unknown): boolean {
  return error instanceof Error && /FATAL|database has been invalidated/.test(error.message)
}
