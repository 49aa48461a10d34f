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

/** What the main thread has a worker do. Any of it rejects where the worker could not start. */
export interface WorkerProcedures {
  /** Resolves once the worker is ready to listen. */
  prepare(): Promise<void>
  listen(receivers: Config['receivers']): Promise<ReceiverAddresses>
  prepareReload(config: Config): Promise<void>
  /** Takes over what `prepareReload` has read. */
  takeOver(): Promise<void>
  sendMetrics(payload: Uint8Array): Promise<void>
  measure(): Promise<Measurement>
  close(): Promise<void>
  /** Ends a `close` under way without further deliveries. */
  cut(): void
}

/** What a worker has the main thread do. */
export interface MainProcedures {
  recordCalls(calls: EncodedCalls): void
  appendToLedger(spans: readonly LedgerSpan[]): Promise<void>
}

interface Measurement {
  readonly notReady: readonly string[]
  readonly telemetry: TelemetrySnapshot
}
