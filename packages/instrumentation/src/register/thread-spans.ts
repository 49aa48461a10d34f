import type { BroadcastChannel, MessagePort } from 'node:worker_threads'
import { ExportResultCode } from '@opentelemetry/core'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace'
import { safely } from '../safely.ts'
import { listenOn } from '../transports/channels.ts'
import { type PlainSpan, plainSpan, readableSpan } from './plain-span.ts'

const CHANNEL = '@spanmeter/instrumentation/spans'

/** Who exports an offered span, in shared memory: whoever writes it there first. */
const NOBODY = 0
const MAIN_THREAD = 1
const OWN_THREAD = 2

/** How long a thread that ends waits for the main thread to take its spans: it may be terminated while it delivers them itself. */
const PATIENCE_MS = 500

/** A message on the channel. */
interface Offer {
  readonly span: PlainSpan
  readonly owner: Int32Array
}

const threads = (): typeof import('node:worker_threads') => process.getBuiltinModule('node:worker_threads')

/** @returns who exports the span. */
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
 * A pool may terminate a thread right after its result, and then nothing more runs in the thread. So each span is offered to
 * the main thread when it ends. The thread exports only those that the main thread hasn't taken by the time of the export.
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
    // Closed again at once, as every thread's messages reach everyone who has it open.
    const channel = openChannel()
    try {
      channel.postMessage({ span: plainSpan(span), owner } satisfies Offer)
      this.#owners.set(span, owner)
      this.#latest = owner
    } finally {
      channel.close()
    }
  }

  /** For a thread that ends. The main thread takes spans in the order in which they were offered. */
  waitUntilTaken(): void {
    if (this.#mayBeTaken && this.#latest !== undefined) Atomics.wait(this.#latest, 0, NOBODY, PATIENCE_MS)
  }

  /** @returns those that this thread has to export. */
  takeBack(spans: ReadableSpan[]): ReadableSpan[] {
    const own = spans.filter((span) => {
      const owner = this.#owners.get(span)
      return owner === undefined || take(owner, OWN_THREAD) === OWN_THREAD
    })
    // There is nobody to take them, or the main thread is too busy.
    if (own.length > 0) this.#mayBeTaken = false
    return own
  }

  /** The same exporter, for those that this thread has to export. */
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

/**
 * The receiving end in the main thread, opened as soon as it starts its first thread: it may wait for that thread at once,
 * without ever coming back to its event loop.
 */
export class SpansOfThreads {
  readonly #onSpan: (span: ReadableSpan) => void
  readonly #stopListening: () => void
  #channel: BroadcastChannel | undefined

  constructor(onSpan: (span: ReadableSpan) => void) {
    this.#onSpan = onSpan
    this.#stopListening = listenOn({ worker_threads: () => this.#open() })
  }

  #open(): void {
    if (this.#channel !== undefined || !threads().isMainThread) return
    const channel = openChannel()
    channel.onmessage = (event) => this.#received((event as { data: Offer }).data)
    // Again, as listening has reversed it.
    channel.unref()
    this.#channel = channel
  }

  #received({ span, owner }: Offer): void {
    if (take(owner, MAIN_THREAD) === MAIN_THREAD) this.#onSpan(readableSpan(span))
  }

  /** Takes what has been offered so far, without waiting for the event loop. */
  takeAll(): void {
    if (this.#channel === undefined) return
    for (;;) {
      const received = threads().receiveMessageOnPort(this.#channel as unknown as MessagePort)
      if (received === undefined) return
      this.#received(received.message as Offer)
    }
  }

  close(): void {
    this.#stopListening()
    this.#channel?.close()
    this.#channel = undefined
  }
}
