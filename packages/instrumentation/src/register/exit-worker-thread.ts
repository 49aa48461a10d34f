import { createRequire } from 'node:module'
import type { Worker, WorkerOptions } from 'node:worker_threads'

/** In an app that is bundled, where there is no such file, something else stands for this one: see `rolldown.config.ts`. */
export function startExitWorker(options: WorkerOptions): Worker {
  const { Worker } = process.getBuiltinModule('node:worker_threads')
  return new Worker(createRequire(import.meta.url).resolve('#exit-worker'), options)
}
