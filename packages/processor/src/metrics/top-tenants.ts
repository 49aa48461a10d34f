import { otherValue } from './bounded-values.ts'

const halfLifeMilliseconds = 60 * 60 * 1000
const decayEveryMilliseconds = 1000
const reviewEveryMilliseconds = 60 * 1000
/** Long enough for every reader to have seen the final value of a series before it is removed. */
const retireAfterMilliseconds = 10 * 60 * 1000
/** A tenant replaces another one only if it spends twice as much, so that they don't replace each other again and again. */
const takeoverFactor = 2
/** How many tenants are tracked for each one that can be named. */
const trackedPerPlace = 4

/** Recent spend at time `at`; it decays with a half-life of an hour. */
interface Spend {
  spend: number
  at: number
}

interface Tenant extends Spend {
  name: string
}

/**
 * Names the `size` tenants that have recently spent most; all others together are `other`. Four times as many are tracked, by the
 * Space-Saving algorithm (a new tenant starts with the most that it may have spent while it was not tracked), so that memory is
 * bounded whatever names arrive. The sum over all tenants stays exact: spend is counted under the label that its tenant has at
 * the time, and the series of a tenant that has lost its place can still be read for a while.
 */
export class TopTenants {
  readonly #size: number
  readonly #named = new Set<string>()
  readonly #retiring = new Map<string, number>()
  readonly #tracked = new Map<string, Tenant>()
  /** The highest spend of a tenant that is no longer tracked. */
  #forgotten: Spend = { spend: 0, at: 0 }
  #reviewedAt = 0

  constructor(size: number) {
    this.#size = size
  }

  /** The label for a call of this tenant that cost `cost` dollars at time `now` (milliseconds). */
  label(name: string, cost: number, now: number): string {
    // One of that name has no place that it could lose: with its series those of all others would go.
    if (this.#size === 0 || name === otherValue) return otherValue
    const tenant = this.#track(name, now)
    // There may be many calls a second, within which the decay is negligible.
    if (apart(now, tenant.at) >= decayEveryMilliseconds) {
      tenant.spend = decayed(tenant, now)
      tenant.at = now
    }
    tenant.spend += cost
    if (this.#named.has(name)) return name
    if (this.#named.size < this.#size) this.#promote(name)
    else if (apart(now, this.#reviewedAt) >= reviewEveryMilliseconds) this.#review(now)
    return this.#named.has(name) ? name : otherValue
  }

  /** Tenants whose series may be removed now. Each is returned once. */
  retired(now: number): string[] {
    const names = [...this.#retiring].filter(([, since]) => apart(now, since) >= retireAfterMilliseconds)
    for (const [name] of names) this.#retiring.delete(name)
    return names.map(([name]) => name)
  }

  #track(name: string, now: number): Tenant {
    let tenant = this.#tracked.get(name)
    if (tenant === undefined) {
      if (this.#tracked.size >= this.#size * trackedPerPlace) this.#forgetSmallest(now)
      tenant = { name, spend: decayed(this.#forgotten, now), at: now }
      this.#tracked.set(name, tenant)
    }
    return tenant
  }

  /** Forgets as many as there are places at once: searching the smallest for each new tenant would take too long. */
  #forgetSmallest(now: number): void {
    const strangers = [...this.#tracked.values()]
      .filter(({ name }) => !this.#named.has(name))
      .map(({ name, ...spend }) => ({ name, spend: decayed(spend, now) }))
      .sort((a, b) => a.spend - b.spend)
      .slice(0, this.#size)
    for (const { name } of strangers) this.#tracked.delete(name)
    this.#forgotten = { spend: strangers.at(-1)?.spend ?? 0, at: now }
  }

  #promote(name: string): void {
    this.#named.add(name)
    this.#retiring.delete(name)
  }

  #review(now: number): void {
    this.#reviewedAt = now
    const bySpend = [...this.#tracked.values()].sort((a, b) => decayed(a, now) - decayed(b, now))
    const smallest = bySpend.find(({ name }) => this.#named.has(name))
    const challenger = bySpend.findLast(({ name }) => !this.#named.has(name))
    if (smallest === undefined || challenger === undefined) return
    if (decayed(challenger, now) < takeoverFactor * decayed(smallest, now)) return
    this.#named.delete(smallest.name)
    this.#retiring.set(smallest.name, now)
    this.#promote(challenger.name)
  }
}

/** The time between two moments, also if the clock was set back. */
function apart(now: number, then: number): number {
  return Math.abs(now - then)
}

function decayed({ spend, at }: Spend, now: number): number {
  // A clock that was set back must not make spend grow.
  return spend * 0.5 ** (Math.max(0, now - at) / halfLifeMilliseconds)
}
