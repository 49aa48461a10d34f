import { otherValue } from './bounded-values.ts'

const halfLifeMilliseconds = 60 * 60 * 1000
const decayEveryMilliseconds = 1000
const reviewEveryMilliseconds = 60 * 1000
/** Long enough for every reader to have seen the last of a series before it goes. */
const retireAfterMilliseconds = 10 * 60 * 1000
/** A newcomer takes a place only with twice the spend of whom it replaces, so that places do not flap. */
const takeoverFactor = 2
/** Tenants whose spend is followed, for each one that can be named. */
const trackedPerPlace = 4

/** Recent spend, of which half is forgotten each hour; as of `at`. */
interface Spend {
  spend: number
  at: number
}

interface Tenant extends Spend {
  name: string
}

/**
 * Names the `size` tenants that spend most of late; all others together are `other`.
 * Spend is followed for four times as many (Space-Saving: a stranger starts with what it may have spent while it was
 * not followed), so memory is bounded whatever names arrive. A sum over all tenants stays exact: a tenant's spend
 * counts where it belongs at the time, and a series that lost its place stays to be read before it is retired.
 */
export class TopTenants {
  private readonly size: number
  private readonly named = new Set<string>()
  private readonly retiring = new Map<string, number>()
  private readonly tracked = new Map<string, Tenant>()
  /** The most that a tenant had spent that is no longer followed. */
  private forgotten: Spend = { spend: 0, at: 0 }
  private reviewedAt = 0

  constructor(size: number) {
    this.size = size
  }

  /** The label for a call of this tenant that cost `cost` dollars at time `now` (milliseconds). */
  label(name: string, cost: number, now: number): string {
    // One of that name has no place that it could lose: with its series those of all others would go.
    if (this.size === 0 || name === otherValue) return otherValue
    const tenant = this.track(name, now)
    // Calls come many a second: half a life in an hour is nothing in that.
    if (apart(now, tenant.at) >= decayEveryMilliseconds) {
      tenant.spend = decayed(tenant, now)
      tenant.at = now
    }
    tenant.spend += cost
    if (this.named.has(name)) return name
    if (this.named.size < this.size) this.promote(name)
    else if (apart(now, this.reviewedAt) >= reviewEveryMilliseconds) this.review(now)
    return this.named.has(name) ? name : otherValue
  }

  /** Tenants whose series may go now. Each is told once. */
  retired(now: number): string[] {
    const names = [...this.retiring].filter(([, since]) => apart(now, since) >= retireAfterMilliseconds)
    for (const [name] of names) this.retiring.delete(name)
    return names.map(([name]) => name)
  }

  private track(name: string, now: number): Tenant {
    let tenant = this.tracked.get(name)
    if (tenant === undefined) {
      if (this.tracked.size >= this.size * trackedPerPlace) this.forgetSmallest(now)
      tenant = { name, spend: decayed(this.forgotten, now), at: now }
      this.tracked.set(name, tenant)
    }
    return tenant
  }

  /** As many as there are places: to look for the one smallest at each stranger takes longer the more are followed. */
  private forgetSmallest(now: number): void {
    const strangers = [...this.tracked.values()]
      .filter(({ name }) => !this.named.has(name))
      .map(({ name, ...spend }) => ({ name, spend: decayed(spend, now) }))
      .sort((a, b) => a.spend - b.spend)
      .slice(0, this.size)
    for (const { name } of strangers) this.tracked.delete(name)
    this.forgotten = { spend: strangers.at(-1)?.spend ?? 0, at: now }
  }

  private promote(name: string): void {
    this.named.add(name)
    this.retiring.delete(name)
  }

  private review(now: number): void {
    this.reviewedAt = now
    const bySpend = [...this.tracked.values()].sort((a, b) => decayed(a, now) - decayed(b, now))
    const smallest = bySpend.find(({ name }) => this.named.has(name))
    const challenger = bySpend.findLast(({ name }) => !this.named.has(name))
    if (smallest === undefined || challenger === undefined) return
    if (decayed(challenger, now) < takeoverFactor * decayed(smallest, now)) return
    this.named.delete(smallest.name)
    this.retiring.set(smallest.name, now)
    this.promote(challenger.name)
  }
}

/** A clock that was set back goes on counting from there. */
function apart(now: number, then: number): number {
  return Math.abs(now - then)
}

function decayed({ spend, at }: Spend, now: number): number {
  // Set back, it makes nobody's spend grow.
  return spend * 0.5 ** (Math.max(0, now - at) / halfLifeMilliseconds)
}
