import { mkdirSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { directoryError, QueueDirectoryError } from './errors.ts'

const LOCK_FILE = 'lock'

/**
 * Locks a directory for this process with a listening Unix socket. The kernel closes the socket however the process ends, and
 * unlike process ids it works between containers that share a volume.
 *
 * @throws QueueDirectoryError if another process holds it, or it can't be used.
 */
export async function lockDirectory(directory: string): Promise<{ release(): Promise<void> }> {
  makeQueueDirectory(directory)
  // The path of a socket is limited to about 100 bytes; through the open directory it is always short.
  const handle = await open(directory, 'r').catch((error: NodeJS.ErrnoException) => {
    throw directoryError(directory, error)
  })
  const path =
    process.platform === 'linux' ? `/proc/self/fd/${handle.fd}/${LOCK_FILE}` : join(directory, LOCK_FILE)
  try {
    const server = await acquire(directory, path)
    return {
      async release() {
        await new Promise<void>((resolve) => server.close(() => resolve()))
        await handle.close()
      },
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** @throws QueueDirectoryError that says what to do. */
export function makeQueueDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw directoryError(directory, error as NodeJS.ErrnoException)
  }
}

async function acquire(directory: string, path: string): Promise<Server> {
  const server = await listen(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') return undefined
    throw directoryError(directory, error)
  })
  if (server !== undefined) return server

  await refuseIfHeld(directory, path)
  // A stale socket is moved away and asked once more before it is removed, as a process that starts at the same time may just
  // have replaced it.
  const aside = `${path}.${process.pid}`
  await rename(path, aside).catch(() => undefined)
  await refuseIfHeld(directory, aside).catch(async (error: unknown) => {
    await rename(aside, path)
    throw error
  })
  await rm(aside, { force: true })
  return listen(path).catch(() => {
    throw new QueueDirectoryError(`queue directory ${directory} was taken by another spanmeter just now`)
  })
}

async function refuseIfHeld(directory: string, path: string): Promise<void> {
  const holder = await holderOf(path)
  if (holder === undefined) return
  throw new QueueDirectoryError(
    `queue directory ${directory} is in use by another spanmeter (process ${holder}); ` +
      'stop it, or give this one its own sending_queue.directory',
  )
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.end(`${process.pid}\n`)
    })
    server.once('error', reject)
    server.listen(path, () => {
      server.unref()
      resolve(server)
    })
  })
}

/** The process id with which the holder of a lock answers; `undefined` if nobody answers. */
function holderOf(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path)
    let answer = ''
    socket.setTimeout(2_000, () => {
      socket.destroy()
      resolve('unknown')
    })
    socket.on('data', (chunk) => {
      answer += String(chunk)
    })
    socket.on('end', () => resolve(answer.trim()))
    socket.on('error', () => resolve(undefined))
  })
}
