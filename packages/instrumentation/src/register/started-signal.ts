import type { ExportRequest } from './delivery.ts'

/** Traces, metrics or logs, as the standard variables set them up. */
export interface StartedSignal {
  /** What nobody has acknowledged yet; it is then somebody else's to deliver. */
  takeSerialized(): ExportRequest[]
  /** The app has set up its own: whatever got hold of ours is to report to that, or to nobody. */
  yield(): void
}
