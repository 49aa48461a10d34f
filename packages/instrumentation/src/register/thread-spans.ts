import type { BroadcastChannel, MessagePort } from 'node:worker_threads'
import { ExportResultCode } from '@opentelemetry/core'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace'
import { safely } from '../safely.ts'
import { listenOn } from '../transports/channels.ts'
import { type PlainSpan, plainSpan, readableSpan } from './plain-span.ts'

/**
 * A pool may terminate a worker thread right after its result, and then nothing more runs in the thread. So each span that
 * ends in a worker thread is offered to the main thread. It is exported by whichever thread claims it first: the main thread
 * when it receives the offer, the worker thread when it comes to export the span.
 */
interface Offer {
  readonly span: PlainSpan
  readonly claim: Claim
}

/** In shared memory: {@link OPEN}, or the one thread that exports the span. */
type Claim = Int32Array

const OPEN = 0
const MAIN_THREAD = 1
const WORKER_THREAD = 2

const CHANNEL = '@spanmeter/instrumentation/spans'

/** How long a worker thread that ends waits for the main thread: it may be terminated while it delivers its spans itself. */
const CLAIM_TIMEOUT_MS = 500

const threads = (): typeof import('node:worker_threads') => process.getBuiltinModule('node:worker_threads')

/** @returns whether the span is this thread's to export. */
function claimFor(thread: number, claim: Claim): boolean {
  const before = Atomics.compareExchange(claim, 0, OPEN, thread)
  Atomics.notify(claim, 0)
  return before === OPEN || before === thread
}

function openChannel(): BroadcastChannel {
  const channel = new (threads().BroadcastChannel)(CHANNEL)
  channel.unref()
  return channel
}

/** The worker thread's side; without effect in the main thread. */
export class OfferedSpans {
  readonly #claims = new WeakMap<ReadableSpan, Claim>()
  /** Whether anybody may claim what is offered; at first, that isn't known. */
  #isHeard: boolean | undefined
  #latest: Claim | undefined

  offer(span: ReadableSpan): void {
    this.#isHeard ??= !threads().isMainThread
    if (this.#isHeard) safely('spans of threads', () => this.#post(span))
  }

  #post(span: ReadableSpan): void {
    const claim = new Int32Array(new SharedArrayBuffer(4))
    // Closed again at once, as every thread's messages reach everyone who has it open.
    const channel = openChannel()
    try {
      channel.postMessage({ span: plainSpan(span), claim } satisfies Offer)
      this.#claims.set(span, claim)
      this.#latest = claim
    } finally {
      channel.close()
    }
  }

  /** For a thread that ends. The main thread receives offers in their order. */
  waitUntilClaimed(): void {
    if (this.#isHeard === true && this.#latest !== undefined)
      Atomics.wait(this.#latest, 0, OPEN, CLAIM_TIMEOUT_MS)
  }

  /** @returns those that this thread has to export. */
  claim(spans: ReadableSpan[]): ReadableSpan[] {
    const own = spans.filter((span) => {
      const claim = this.#claims.get(span)
      return claim === undefined || claimFor(WORKER_THREAD, claim)
    })
    // Nobody listens, or the main thread is too busy.
    if (own.length > 0) this.#isHeard = false
    return own
  }

  /** The same exporter, for those that this thread has to export. */
  watch(exporter: SpanExporter): SpanExporter {
    return {
      export: (spans, onResult) => {
        const own = this.claim(spans)
        if (own.length > 0) exporter.export(own, onResult)
        else onResult({ code: ExportResultCode.SUCCESS })
      },
      forceFlush: async () => exporter.forceFlush?.(),
      shutdown: () => exporter.shutdown(),
    }
  }
}

/**
 * The main thread's side. It receives offers as soon as it starts its first worker thread: it may wait for that thread at once,
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
    channel.onmessage = (event) => this.#receive((event as { data: Offer }).data)
    // Again, as listening has reversed it.
    channel.unref()
    this.#channel = channel
  }

  #receive({ span, claim }: Offer): void {
    if (claimFor(MAIN_THREAD, claim)) this.#onSpan(readableSpan(span))
  }

  /** Receives what has been offered so far, without waiting for the event loop. */
  receiveAll(): void {
    if (this.#channel === undefined) return
    for (;;) {
      const received = threads().receiveMessageOnPort(this.#channel as unknown as MessagePort)
      if (received === undefined) return
      this.#receive(received.message as Offer)
    }
  }

  close(): void {
    this.#stopListening()
    this.#channel?.close()
    this.#channel = undefined
  }
}
