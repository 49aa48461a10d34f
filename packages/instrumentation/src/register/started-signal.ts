import type { ExportRequest } from './delivery.ts'

/** Traces, metrics or logs, as the standard variables set them up. */
export interface StartedSignal {
  /** Hands over what no backend has acknowledged yet: the caller is to deliver it. */
  takeSerialized(): ExportRequest[]
  /** The app has set up its own: whoever got hold of ours is to report to that, or to nobody. */
  yield(): void
}
