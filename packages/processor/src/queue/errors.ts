/** The queue has reached its size limit: the client should retry later. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError'

  constructor(maxBytes: number) {
    super(`the sending queue is full (${maxBytes} bytes); destinations are not keeping up`)
  }
}

/** The record is larger than the whole queue may be, so that there will never be room for it. */
export class RecordTooLargeError extends Error {
  override readonly name = 'RecordTooLargeError'

  constructor(maxBytes: number) {
    super(
      `the batch is larger than the whole sending queue (${maxBytes} bytes); send smaller ones or raise sending_queue.max_size`,
    )
  }
}

/** The queue can't be written: its disk is full, read-only or failing, or the processor is shutting down. */
export class QueueUnavailableError extends Error {
  override readonly name = 'QueueUnavailableError'
}

/** The queue's directory can't be used at all; the message says what to do. */
export class QueueDirectoryError extends Error {
  override readonly name = 'QueueDirectoryError'
}

/** Turns an error of the file system about the queue's directory into a message that says what to do. */
export function directoryError(directory: string, error: NodeJS.ErrnoException): QueueDirectoryError {
  const advice: Record<string, string> = {
    EACCES: `is not accessible to this user; change its owner or set sending_queue.directory`,
    EPERM: `is not accessible to this user; change its owner or set sending_queue.directory`,
    EROFS: `is on a read-only file system; mount a writable volume or set sending_queue.directory`,
    ENOSPC: `is on a full disk; free some space or set sending_queue.directory`,
    ENOENT: `cannot be created; check that its file system is mounted and writable, or set sending_queue.directory`,
    ENOTDIR: `is not a directory; set sending_queue.directory`,
    EEXIST: `is not a directory; set sending_queue.directory`,
  }
  const words = advice[error.code ?? ''] ?? `cannot be used: ${error.message}`
  return new QueueDirectoryError(`queue directory ${directory} ${words}`, { cause: error })
}

/** Whether the disk is full, or the quota of a user or project used up. */
export function isDiskFull({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ENOSPC' || code === 'EDQUOT'
}

/** The same for a write that failed while the processor was running. */
export function writeError(directory: string, error: NodeJS.ErrnoException): QueueUnavailableError {
  const words = isDiskFull(error)
    ? `the disk under ${directory} is full`
    : `cannot write to the sending queue: ${error.message}`
  return new QueueUnavailableError(words, { cause: error })
}
