import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import { readPositiveNumber } from '../environment-values.ts'
import { failureReason } from './failure-reason.ts'

const DEFAULT_QUEUE_SIZE = 2048

/** What exporters of spans and of log records have in common. */
interface BatchExporter<Item> {
  export(items: Item[], onResult: (result: ExportResult) => void): void
  forceFlush?(): Promise<void>
  shutdown(): Promise<void>
}

/**
 * The finished spans or log records that no backend has answered for yet: those that wait to be exported, and those on
 * their way. An app that exits now would lose them.
 */
export class Undelivered<Item> {
  /** Those in the processor's queue: it drops what exceeds the same limit. */
  readonly #waiting = new Set<Item>()
  readonly #onTheirWay = new Set<Item>()
  readonly #limit: number
  readonly #onFailure: ((reason: string) => void) | undefined

  constructor(limitVariable: string, onFailure?: (reason: string) => void) {
    this.#limit = readPositiveNumber(limitVariable) ?? DEFAULT_QUEUE_SIZE
    this.#onFailure = onFailure
  }

  add(item: Item): void {
    if (this.#waiting.size < this.#limit) this.#waiting.add(item)
  }

  /** The same exporter, which also strikes off what a backend has answered for. */
  watch(exporter: BatchExporter<Item>): Required<BatchExporter<Item>> {
    return {
      export: (items, onResult) => {
        for (const item of items) if (this.#waiting.delete(item)) this.#onTheirWay.add(item)
        exporter.export(items, (result) => {
          for (const item of items) this.#onTheirWay.delete(item)
          if (result.code !== ExportResultCode.SUCCESS) this.#onFailure?.(failureReason(result.error))
          onResult(result)
        })
      },
      forceFlush: async () => exporter.forceFlush?.(),
      shutdown: () => exporter.shutdown(),
    }
  }

  /** Hands over all that is left: the caller is to deliver it. */
  take(): Item[] {
    const items = [...this.#onTheirWay, ...this.#waiting]
    this.#onTheirWay.clear()
    this.#waiting.clear()
    return items
  }
}
