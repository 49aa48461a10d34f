import type { Attributes, AttributeValue } from '@opentelemetry/api'
import * as semconv from '../semconv.ts'

/** As many sets as SDKs keep series by default. Beyond that, all are made anew. */
const MAX_SETS = 2000

const SHARED = [
  semconv.ATTR_OPERATION_NAME,
  semconv.ATTR_PROVIDER_NAME,
  semconv.ATTR_REQUEST_MODEL,
  semconv.ATTR_SERVER_ADDRESS,
  semconv.ATTR_SERVER_PORT,
  semconv.ATTR_RESPONSE_MODEL,
] as const

/**
 * What measurements are distinguished by. Frozen, as the SDK that the flag loads hashes each frozen object only once (see
 * `rolldown.config.ts`).
 */
export class Labels {
  readonly own: Attributes
  readonly #withOneMore = new Map<string, Attributes>()

  constructor(own: Attributes) {
    this.own = Object.freeze(own)
  }

  /** @param value One of few. */
  with(name: string, value: AttributeValue): Attributes {
    const key = `${name}=${value}`
    let labels = this.#withOneMore.get(key)
    if (labels === undefined) {
      labels = Object.freeze({ ...this.own, [name]: value })
      if (this.#withOneMore.size < MAX_SETS) this.#withOneMore.set(key, labels)
    }
    return labels
  }
}

/** By the value of the next label. */
interface Branch {
  readonly next: Map<AttributeValue | undefined, Branch>
  labels?: Labels
}

/** The labels of calls, of which an app has few sets: equal labels are the same object. */
export class LabelSets {
  readonly #names: readonly string[]
  #root: Branch = { next: new Map() }
  #count = 0

  /** @param metricKeys The business keys whose values are few. */
  constructor(metricKeys: readonly string[]) {
    this.#names = [...SHARED, ...metricKeys.map(semconv.businessAttribute)]
  }

  /** @param end What was written at the end: who answered may be known only then. */
  of(start: Attributes, end: Attributes): Labels {
    let branch = this.#root
    for (const name of this.#names) {
      const value = end[name] ?? start[name]
      const next = branch.next.get(value) ?? { next: new Map() }
      branch.next.set(value, next)
      branch = next
    }
    branch.labels ??= this.#make(start, end)
    return branch.labels
  }

  #make(start: Attributes, end: Attributes): Labels {
    if (this.#count++ === MAX_SETS) {
      this.#root = { next: new Map() }
      this.#count = 1
    }
    const labels: Attributes = {}
    for (const name of this.#names) {
      const value = end[name] ?? start[name]
      if (value !== undefined) labels[name] = value
    }
    return new Labels(labels)
  }
}
