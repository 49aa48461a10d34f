import type { BroadcastChannel, MessagePort } from 'node:worker_threads'
import { ExportResultCode } from '@opentelemetry/core'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace'
import { safely } from '../safely.ts'
import { type PlainSpan, plainSpan, readableSpan } from './plain-span.ts'

const CHANNEL = '@spanmeter/instrumentation/spans'

/** Whose an offered span is, in shared memory: whoever is the first to write it there. */
const NOBODY = 0
const MAIN_THREAD = 1
const OWN_THREAD = 2

/** How long a thread that ends leaves them to the main thread: it may be terminated while it delivers what it has left. */
const PATIENCE_MS = 500

/** What the channel carries. */
interface Offer {
  readonly span: PlainSpan
  readonly owner: Int32Array
}

const threads = (): typeof import('node:worker_threads') => process.getBuiltinModule('node:worker_threads')

/** @returns who has it. */
function take(owner: Int32Array, by: number): number {
  const before = Atomics.compareExchange(owner, 0, NOBODY, by)
  Atomics.notify(owner, 0)
  return before === NOBODY ? by : before
}

function openChannel(): BroadcastChannel {
  const channel = new (threads().BroadcastChannel)(CHANNEL)
  channel.unref()
  return channel
}

/**
 * A thread may be terminated at any time, as pools do it with those whose work is done, and nothing runs in it then: each of
 * its spans is offered to the main thread as it ends. What that hasn't taken when it would be exported, the thread exports.
 */
export class OfferedSpans {
  readonly #owners = new WeakMap<ReadableSpan, Int32Array>()
  #mayBeTaken = true
  #latest: Int32Array | undefined

  offer(span: ReadableSpan): void {
    if (this.#mayBeTaken) this.#mayBeTaken = !threads().isMainThread
    if (this.#mayBeTaken) safely('spans of threads', () => this.#post(span))
  }

  #post(span: ReadableSpan): void {
    const owner = new Int32Array(new SharedArrayBuffer(4))
    // Open for no longer than that: what any thread sends comes to all that have it open.
    const channel = openChannel()
    try {
      channel.postMessage({ span: plainSpan(span), owner } satisfies Offer)
      this.#owners.set(span, owner)
      this.#latest = owner
    } finally {
      channel.close()
    }
  }

  /** The thread ends. What is offered is taken in its order. */
  waitUntilTaken(): void {
    if (this.#mayBeTaken && this.#latest !== undefined) Atomics.wait(this.#latest, 0, NOBODY, PATIENCE_MS)
  }

  /** @returns those that are for this thread to export. */
  takeBack(spans: ReadableSpan[]): ReadableSpan[] {
    const own = spans.filter((span) => {
      const owner = this.#owners.get(span)
      return owner === undefined || take(owner, OWN_THREAD) === OWN_THREAD
    })
    // Nobody is there, or is too busy for more.
    if (own.length > 0) this.#mayBeTaken = false
    return own
  }

  /** An exporter of these to what `exporter` exports to. */
  watch(exporter: SpanExporter): SpanExporter {
    return {
      export: (spans, onResult) => {
        const own = this.takeBack(spans)
        if (own.length > 0) exporter.export(own, onResult)
        else onResult({ code: ExportResultCode.SUCCESS })
      },
      forceFlush: async () => exporter.forceFlush?.(),
      shutdown: () => exporter.shutdown(),
    }
  }
}

/** The other end, in the main thread: opened with its first thread. */
export class SpansOfThreads {
  readonly #onSpan: (span: ReadableSpan) => void
  #channel: BroadcastChannel | undefined

  constructor(onSpan: (span: ReadableSpan) => void) {
    this.#onSpan = onSpan
    process.once('worker', this.#open)
  }

  readonly #open = (): void => {
    if (!threads().isMainThread) return
    const channel = openChannel()
    channel.onmessage = (event) => this.#received((event as { data: Offer }).data)
    // Which listening has undone.
    channel.unref()
    this.#channel = channel
  }

  #received({ span, owner }: Offer): void {
    if (take(owner, MAIN_THREAD) === MAIN_THREAD) this.#onSpan(readableSpan(span))
  }

  /** What has been offered by now, without waiting for the event loop. */
  takeAll(): void {
    if (this.#channel === undefined) return
    for (;;) {
      const received = threads().receiveMessageOnPort(this.#channel as unknown as MessagePort)
      if (received === undefined) return
      this.#received(received.message as Offer)
    }
  }

  close(): void {
    process.removeListener('worker', this.#open)
    this.#channel?.close()
    this.#channel = undefined
  }
}
