import type { CostComponent } from '@spanmeter/pricing'
import type { MeteredCall, MeteredCost, MeteredUsage } from '../enrichment/metered-call.ts'
import { COST_COMPONENTS } from '../semconv.ts'
import type { CallLabels } from './call-labels.ts'
import type { SumName } from './metric-definitions.ts'
import { type HistogramSeries, NumberSeries, type SeriesFamily } from './series.ts'
import { SeriesBlock } from './series-block.ts'

/** The families of all sums over calls. */
export type SumFamilies = Readonly<Record<SumName, SeriesFamily<NumberSeries>>>

/** Series of each label set, in the order of their places in a block: the sum, and the label in which series of a sum differ. */
const PLACES: readonly (readonly [sum: SumName, name?: string, value?: string])[] = [
  ['calls', 'outcome', 'ok'],
  ['calls', 'outcome', 'error'],
  ['calls', 'outcome', 'aborted'],
  ['tokens', 'token_type', 'input'],
  ['tokens', 'token_type', 'cache_read'],
  ['tokens', 'token_type', 'cache_write'],
  ['tokens', 'token_type', 'output'],
  ['tokens', 'token_type', 'reasoning'],
  ['retries'],
  ['cacheSavings'],
  ...COST_COMPONENTS.map((component) => ['cost', 'cost_type', component] as const),
]
const Place = { ok: 0, error: 1, aborted: 2, tokens: 3, retries: 8, cacheSavings: 9, cost: 10 } as const

/** The series of a label set. Those of cost begin with the first priced call: unknown is not zero. */
export class CallSeries {
  readonly labels: CallLabels
  readonly duration: HistogramSeries
  callCost: HistogramSeries | undefined
  readonly unpriced: Map<string, NumberSeries> = new Map()
  readonly untagged: Map<string, NumberSeries> = new Map()
  readonly workflowCalls: Map<string, NumberSeries> = new Map()
  readonly workflowCost: Map<string, NumberSeries> = new Map()
  readonly #sums: SumFamilies
  readonly #startUnixNano: bigint
  readonly #block = new SeriesBlock(PLACES.length)
  /** A bit for each place whose series has begun. */
  #open = 0

  constructor(labels: CallLabels, sums: SumFamilies, duration: HistogramSeries, startUnixNano: bigint) {
    this.labels = labels
    this.duration = duration
    this.#sums = sums
    this.#startUnixNano = startUnixNano
    for (const place of [Place.ok, Place.error, Place.tokens, Place.tokens + 3, Place.retries])
      this.#show(place)
  }

  countCall(call: MeteredCall): void {
    const { usageMissing, attempts, usage } = call
    const outcome = usageMissing === 'aborted' ? Place.aborted : call.hasFailed ? Place.error : Place.ok
    this.#add(outcome, 1, call)
    if (attempts !== undefined && attempts > 1) this.#add(Place.retries, attempts - 1, call)
    this.#countTokens(usage)
  }

  /** Token types are disjoint, so that they add up to what the call used. */
  #countTokens({
    inputTokens,
    cacheReadTokens,
    cacheWriteTokens,
    outputTokens,
    reasoningTokens,
  }: MeteredUsage): void {
    if (inputTokens !== undefined) {
      this.#add(Place.tokens, Math.max(0, inputTokens - (cacheReadTokens ?? 0) - (cacheWriteTokens ?? 0)))
    }
    if (cacheReadTokens !== undefined) this.#add(Place.tokens + 1, cacheReadTokens)
    if (cacheWriteTokens !== undefined) this.#add(Place.tokens + 2, cacheWriteTokens)
    if (outputTokens !== undefined) {
      this.#add(Place.tokens + 3, Math.max(0, outputTokens - (reasoningTokens ?? 0)))
    }
    if (reasoningTokens !== undefined) this.#add(Place.tokens + 4, reasoningTokens)
  }

  countCost({ components, parts, cacheSavings }: MeteredCost, call: MeteredCall): void {
    const places = placesOf(components)
    for (let index = 0; index < parts.length; index++) this.#add(places[index]!, parts[index]!, call)
    if (cacheSavings !== undefined) this.#add(Place.cacheSavings, cacheSavings)
  }

  #add(place: number, value: number, call?: MeteredCall): void {
    if ((this.#open & (1 << place)) === 0) this.#show(place)
    this.#block.add(place, value, call)
  }

  #show(place: number): void {
    this.#open |= 1 << place
    const [sum, name, value] = PLACES[place]!
    const labels = name === undefined ? this.labels : { ...this.labels, [name]: value! }
    this.#sums[sum].add(new NumberSeries(labels, this.#startUnixNano, this.#block, place))
  }
}

const placesByComponents = new WeakMap<readonly CostComponent[], readonly number[]>()

/** The places of cost components. Pricing returns the same list object for the same components. */
function placesOf(components: readonly CostComponent[]): readonly number[] {
  let places = placesByComponents.get(components)
  if (places === undefined) {
    places = components.map((component) => Place.cost + COST_COMPONENTS.indexOf(component))
    placesByComponents.set(components, places)
  }
  return places
}
