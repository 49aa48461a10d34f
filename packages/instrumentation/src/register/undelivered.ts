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
  readonly #items = new Set<Item>()
  readonly #limit: number
  readonly #onFailure: ((reason: string) => void) | undefined

  constructor(limitVariable: string, onFailure?: (reason: string) => void) {
    this.#limit = readPositiveNumber(limitVariable) ?? DEFAULT_QUEUE_SIZE
    this.#onFailure = onFailure
  }

  add(item: Item): void {
    if (this.#items.size < this.#limit) this.#items.add(item)
  }

  /** The same exporter, which also strikes off what a backend has answered for. */
  watch(exporter: BatchExporter<Item>): Required<BatchExporter<Item>> {
    return {
      export: (items, onResult) => {
        exporter.export(items, (result) => {
          for (const item of items) this.#items.delete(item)
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
    const items = [...this.#items]
    this.#items.clear()
    return items
  }
}
