import { labelText } from '../metrics/label-text.ts'

/** Label values in the order in which the instrument names its labels. */
export type LabelValues = readonly string[]

interface Series {
  readonly labels: LabelValues
  value: number
  /** Counted by other threads. */
  elsewhere: number
}

/** A tree of series, with a level for each label: unlike a joined key, its keys exist already. */
interface Branch {
  readonly branches: Map<string, Branch>
  series: Series | undefined
}

/** Label values and value of each series. */
export type SeriesSnapshot = readonly (readonly [LabelValues, number])[]

/** A counter or gauge with its labelled series. */
export class Instrument {
  readonly #name: string
  readonly #kind: 'counter' | 'gauge'
  readonly #help: string
  readonly #labelNames: readonly string[]
  readonly #root: Branch = newBranch()
  readonly #series: Series[] = []

  constructor(name: string, kind: 'counter' | 'gauge', help: string, labelNames: readonly string[]) {
    this.#name = name
    this.#kind = kind
    this.#help = help
    this.#labelNames = labelNames
  }

  add(amount: number, ...labels: string[]): void {
    this.#at(labels).value += amount
  }

  set(value: number, ...labels: string[]): void {
    this.#at(labels).value = value
  }

  value(...labels: string[]): number {
    let branch: Branch | undefined = this.#root
    for (const label of labels) branch = branch?.branches.get(label)
    return branch?.series?.value ?? 0
  }

  /** The sum of all series whose labels match; `undefined` matches any value. */
  sum(...labels: (string | undefined)[]): number {
    let total = 0
    for (const series of this.#series) {
      if (labels.every((label, index) => label === undefined || series.labels[index] === label))
        total += series.value
    }
    return total
  }

  /** All series, for another thread's instrument of the same name. */
  snapshot(): SeriesSnapshot {
    return this.#series.map(({ labels, value }) => [labels, value])
  }

  /** Sets what other threads have counted, in addition to what is counted here. */
  replaceShares(shares: readonly SeriesSnapshot[]): void {
    for (const series of this.#series) series.elsewhere = 0
    for (const [labels, value] of shares.flat()) this.#at(labels).elsewhere += value
  }

  prometheus(format: 'text' | 'openmetrics'): string {
    // OpenMetrics requires `_total` at the end of a counter's name, which the Collector's names don't have.
    const type = format === 'openmetrics' && this.#kind === 'counter' ? 'unknown' : this.#kind
    const lines = [`# HELP ${this.#name} ${this.#help}`, `# TYPE ${this.#name} ${type}`]
    for (const { labels, value, elsewhere } of this.#series) {
      const named = Object.fromEntries(this.#labelNames.map((name, index) => [name, labels[index] ?? '']))
      lines.push(`${this.#name}${labelText(named)} ${value + elsewhere}`)
    }
    return `${lines.join('\n')}\n`
  }

  #at(labels: LabelValues): Series {
    let branch = this.#root
    for (const label of labels) {
      let next = branch.branches.get(label)
      if (next === undefined) {
        next = newBranch()
        branch.branches.set(label, next)
      }
      branch = next
    }
    if (branch.series === undefined) {
      branch.series = { labels, value: 0, elsewhere: 0 }
      this.#series.push(branch.series)
    }
    return branch.series
  }
}

function newBranch(): Branch {
  return { branches: new Map(), series: undefined }
}
