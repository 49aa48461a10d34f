import type { CostComponent, UnpricedReason } from '@spanmeter/pricing'
import type { MeteredCall } from '../enrichment/metered-call.ts'

/**
 * Calls as an array of numbers, some of which are indexes into a list of texts or of component lists. This is cheap to
 * send to another thread; a structured clone of the calls as objects costs more than enriching their spans.
 */
export interface EncodedCalls {
  readonly count: number
  readonly numbers: Float64Array<ArrayBuffer>
  readonly texts: readonly string[]
  readonly componentLists: readonly (readonly CostComponent[])[]
}

const FIRST_SIZE = 4096
/** No call has more numbers than this, apart from its business keys and cost components. */
const FIXED_SIZE = 32
const NO_TEXT = -1
const Flag = { wrapper: 1, failed: 2 } as const
const CostKind = { none: 0, unpriced: 1, priced: 2 } as const

/** Writes calls one after the other. An unknown number is NaN. */
export class CallEncoder {
  count = 0
  #numbers = new Float64Array(FIRST_SIZE)
  #used = 0
  readonly #texts = new Map<string, number>()
  readonly #componentLists = new Map<readonly CostComponent[], number>()

  add(call: MeteredCall): void {
    const { identity, usage, business, cost } = call
    const keys = Object.keys(business)
    this.#makeRoom(FIXED_SIZE + 2 * keys.length + (cost?.priced === true ? cost.parts.length : 0))
    for (let word = 0; word < identity.length; word++) this.#number(identity[word])
    this.#number((call.role === 'wrapper' ? Flag.wrapper : 0) | (call.hasFailed ? Flag.failed : 0))
    this.#number(call.endUnixMillis)
    this.#number(call.durationSeconds)
    this.#text(call.environment)
    this.#text(call.provider)
    this.#text(call.model)
    this.#text(call.workflow)
    this.#text(call.usageMissing)
    this.#number(call.attempts)
    this.#number(usage.inputTokens)
    this.#number(usage.cacheReadTokens)
    this.#number(usage.cacheWriteTokens)
    this.#number(usage.outputTokens)
    this.#number(usage.reasoningTokens)
    this.#number(keys.length)
    for (const key of keys) {
      this.#text(key)
      this.#text(business[key])
    }
    this.#cost(cost)
    this.count += 1
  }

  /** What was added since the last `take`. */
  take(): EncodedCalls {
    const encoded = {
      count: this.count,
      numbers: this.#numbers.slice(0, this.#used),
      texts: [...this.#texts.keys()],
      componentLists: [...this.#componentLists.keys()],
    }
    this.count = 0
    this.#used = 0
    this.#texts.clear()
    this.#componentLists.clear()
    return encoded
  }

  #cost(cost: MeteredCall['cost']): void {
    if (cost === undefined) {
      this.#number(CostKind.none)
    } else if (!cost.priced) {
      this.#number(CostKind.unpriced)
      this.#text(cost.reason)
    } else {
      this.#number(CostKind.priced)
      this.#number(cost.amount)
      this.#number(cost.cacheSavings)
      this.#number(placeIn(this.#componentLists, cost.components))
      for (let part = 0; part < cost.parts.length; part++) this.#number(cost.parts[part])
    }
  }

  #number(value: number | undefined): void {
    this.#numbers[this.#used++] = value === undefined ? Number.NaN : value
  }

  #text(value: string | undefined): void {
    this.#numbers[this.#used++] = value === undefined ? NO_TEXT : placeIn(this.#texts, value)
  }

  #makeRoom(size: number): void {
    if (this.#used + size <= this.#numbers.length) return
    const larger = new Float64Array(2 * (this.#used + size))
    larger.set(this.#numbers)
    this.#numbers = larger
  }
}

function placeIn<Value>(places: Map<Value, number>, value: Value): number {
  let place = places.get(value)
  if (place === undefined) {
    place = places.size
    places.set(value, place)
  }
  return place
}

export function decodeCalls({ count, numbers, texts, componentLists }: EncodedCalls): MeteredCall[] {
  let at = 0
  const number = (): number => numbers[at++]!
  const known = (): number | undefined => {
    const value = numbers[at++]!
    return Number.isNaN(value) ? undefined : value
  }
  const text = (): string | undefined => {
    const place = numbers[at++]!
    return place === NO_TEXT ? undefined : texts[place]
  }
  const business = (): Record<string, string> => {
    const values: Record<string, string> = {}
    for (let left = number(); left > 0; left--) values[text()!] = text()!
    return values
  }
  const cost = (): MeteredCall['cost'] => {
    const kind = number()
    if (kind === CostKind.none) return undefined
    if (kind === CostKind.unpriced) return { priced: false, reason: text() as UnpricedReason }
    const [amount, cacheSavings, components] = [number(), known(), componentLists[number()]!]
    return { priced: true, amount, cacheSavings, components, parts: components.map(number) }
  }
  // Each of these functions reads on where the one before stopped, so they are called in the order of `CallEncoder.add`.
  const call = (): MeteredCall => {
    const identity = [number(), number(), number(), number(), number(), number()] as const
    const flags = number()
    return {
      identity,
      role: (flags & Flag.wrapper) !== 0 ? 'wrapper' : 'own',
      hasFailed: (flags & Flag.failed) !== 0,
      endUnixMillis: number(),
      durationSeconds: number(),
      environment: text(),
      provider: text(),
      model: text(),
      workflow: text(),
      usageMissing: text(),
      attempts: known(),
      usage: {
        inputTokens: known(),
        cacheReadTokens: known(),
        cacheWriteTokens: known(),
        outputTokens: known(),
        reasoningTokens: known(),
      },
      business: business(),
      cost: cost(),
    }
  }
  return Array.from({ length: count }, call)
}
