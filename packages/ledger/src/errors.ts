/** What can go wrong with a ledger; the message of each says what to do. */
export type LedgerErrorCode =
  | 'ledger_missing'
  | 'ledger_locked'
  | 'ledger_corrupt'
  | 'ledger_disk_full'
  | 'ledger_out_of_memory'
  | 'ledger_not_permitted'
  | 'ledger_schema_newer'
  | 'ledger_schema_older'
  | 'ledger_read_only'
  | 'ledger_closed'
  | 'ledger_invalid_span'
  | 'ledger_invalid_query'
  | 'ledger_failed'

export class LedgerError extends Error {
  readonly code: LedgerErrorCode

  constructor(code: LedgerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'LedgerError'
    this.code = code
  }
}

/** Gives DuckDB's error the code and the advice of the ledger's own. */
export function toLedgerError(error: unknown, path: string): LedgerError {
  if (error instanceof LedgerError) return error
  const text = error instanceof Error ? error.message : String(error)
  const found = KNOWN.find(([pattern]) => pattern.test(text))
  if (found === undefined)
    return new LedgerError('ledger_failed', `ledger ${path}: ${text}`, { cause: error })
  const [, code, advise] = found
  return new LedgerError(code, advise(path, text), { cause: error })
}

const KNOWN: readonly [RegExp, LedgerErrorCode, (path: string, text: string) => string][] = [
  [
    /Could not set lock|Conflicting lock|being used by another process/i,
    'ledger_locked',
    (path, text) =>
      `ledger ${path} is held by another process${text.match(/\(PID \d+\)/)?.[0].replace(/^/, ' ') ?? ''}: ` +
      'ask that process through its API (--endpoint), or stop it first',
  ],
  [
    /database does not exist|No such file or directory/i,
    'ledger_missing',
    (path) => `there is no ledger at ${path}: start spanmeter to create one, or name the file with --ledger`,
  ],
  [
    /No space left|disk full|ENOSPC|Could not write|File too large|max_temp_directory_size/i,
    'ledger_disk_full',
    (path, text) =>
      `no space to write to ledger ${path} (${text.trim()}): free some; what is queued is kept and comes in then`,
  ],
  [
    /Out of Memory Error|could not allocate block|failed to pin block/i,
    'ledger_out_of_memory',
    (path, text) =>
      `ledger ${path} may not take the memory that this needs (${text.split('\n')[0]!.trim()}): ask for less, by a shorter range, ` +
      'a filter or a dimension with fewer values, or give it more',
  ],
  [
    /Permission denied|Read-only file system|EACCES|EROFS/i,
    'ledger_not_permitted',
    (path) =>
      `ledger ${path} may not be opened or written: check the permissions of the file and its directory`,
  ],
  [
    /not a valid DuckDB database|Could not read enough bytes|corrupt|checksum|Failed to load metadata|Serialization Error|newer version of DuckDB|version number/i,
    'ledger_corrupt',
    (path, text) =>
      `ledger ${path} can't be read (${text.trim()}): move it and its .wal aside and a new one is begun; nothing was deleted`,
  ],
]
