import type { LedgerSpan } from '@spanmeter/ledger'
import type { Config } from '../config/types.ts'
import type { SharedBatchMemory } from '../enrichment/batch-memory.ts'
import type { TelemetrySnapshot } from '../telemetry/telemetry.ts'
import type { EncodedCalls } from './call-encoding.ts'
import type { ReceiverAddresses } from './data-path.ts'

/** What a worker thread is started with. */
export interface WorkerStart {
  readonly config: Config
  readonly hasLedger: boolean
  readonly shared: SharedBatchMemory
  readonly logLevel: string
}

/** What the main thread asks a worker to do; the worker answers each question. */
export type WorkerQuestion =
  | { readonly kind: 'prepare reload'; readonly config: Config }
  /** Takes over what `prepare reload` has read. */
  | { readonly kind: 'take over' }
  | { readonly kind: 'metrics'; readonly payload: Uint8Array }
  | { readonly kind: 'measure' }
  | { readonly kind: 'close' }
  /** Ends a `close` under way without further deliveries. */
  | { readonly kind: 'cut' }

/** From the main thread. */
export type WorkerRequest =
  /** Sent once all workers are prepared. */
  | { readonly kind: 'listen'; readonly receivers: Config['receivers'] }
  | { readonly kind: 'question'; readonly id: number; readonly question: WorkerQuestion }
  | {
      readonly kind: 'appended'
      readonly appendId: number
      readonly error?: { message: string; code?: string }
    }

/** From a worker thread. */
export type WorkerMessage =
  | { readonly kind: 'prepared' }
  | { readonly kind: 'ready'; readonly addresses: ReceiverAddresses }
  | { readonly kind: 'failed'; readonly error: { readonly name: string; readonly message: string } }
  | { readonly kind: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string }
  | { readonly kind: 'calls'; readonly calls: EncodedCalls }
  | { readonly kind: 'append'; readonly appendId: number; readonly spans: readonly LedgerSpan[] }

/** The answer to `measure`. */
export interface Measurement {
  readonly notReady: readonly string[]
  readonly telemetry: TelemetrySnapshot
}
