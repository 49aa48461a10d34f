import { createRequire } from 'node:module'
import type { Worker, WorkerOptions } from 'node:worker_threads'

/** Replaced in what is published, which has the worker as a string: see `rolldown.config.ts`. */
export function startExitWorker(options: WorkerOptions): Worker {
  const { Worker } = process.getBuiltinModule('node:worker_threads')
  return new Worker(createRequire(import.meta.url).resolve('./exit-worker.ts'), options)
}
