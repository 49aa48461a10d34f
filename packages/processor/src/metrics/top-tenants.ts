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

interface Tenant {
  name: string
  /** Recent spend, of which half is forgotten each hour; as of `at`. */
  spend: number
  at: number
}

/**
 * Names the `size` tenants that spend most of late; all others together are `other`.
 * Spend is followed for four times as many (Space-Saving: the newest stranger inherits the place of the
 * smallest), so memory is bounded whatever names arrive. A sum over all tenants stays exact: a tenant's spend
 * counts where it belongs at the time, and a series that lost its place stays to be read before it is retired.
 */
export class TopTenants {
  private readonly size: number
  private readonly named = new Set<string>()
  private readonly retiring = new Map<string, number>()
  private readonly tracked = new Map<string, Tenant>()
  private reviewedAt = 0

  constructor(size: number) {
    this.size = size
  }

  /** The label for a call of this tenant that cost `cost` dollars at time `now` (milliseconds). */
  label(name: string, cost: number, now: number): string {
    if (this.size === 0) return otherValue
    const tenant = this.track(name, now)
    // Calls come many a second: half a life in an hour is nothing in that.
    if (now - tenant.at >= decayEveryMilliseconds) {
      tenant.spend = decayed(tenant, now)
      tenant.at = now
    }
    tenant.spend += cost
    if (this.named.has(name)) return name
    if (this.named.size < this.size) this.promote(name)
    else if (now - this.reviewedAt >= reviewEveryMilliseconds) this.review(tenant, now)
    return this.named.has(name) ? name : otherValue
  }

  /** Tenants whose series may go now. Each is told once. */
  retired(now: number): string[] {
    const names = [...this.retiring].filter(([, since]) => now - since >= retireAfterMilliseconds)
    for (const [name] of names) this.retiring.delete(name)
    return names.map(([name]) => name)
  }

  private track(name: string, now: number): Tenant {
    let tenant = this.tracked.get(name)
    if (tenant === undefined) {
      let inherited = 0
      if (this.tracked.size >= this.size * trackedPerPlace) {
        const smallest = this.smallest((candidate) => !this.named.has(candidate.name), now)
        if (smallest !== undefined) {
          this.tracked.delete(smallest.name)
          inherited = decayed(smallest, now)
        }
      }
      tenant = { name, spend: inherited, at: now }
      this.tracked.set(name, tenant)
    }
    return tenant
  }

  private promote(name: string): void {
    this.named.add(name)
    this.retiring.delete(name)
  }

  private review(challenger: Tenant, now: number): void {
    this.reviewedAt = now
    const smallest = this.smallest((candidate) => this.named.has(candidate.name), now)
    if (smallest === undefined || challenger.spend < takeoverFactor * decayed(smallest, now)) return
    this.named.delete(smallest.name)
    this.retiring.set(smallest.name, now)
    this.promote(challenger.name)
  }

  private smallest(isCandidate: (tenant: Tenant) => boolean, now: number): Tenant | undefined {
    let smallest: Tenant | undefined
    for (const tenant of this.tracked.values()) {
      if (!isCandidate(tenant)) continue
      if (smallest === undefined || decayed(tenant, now) < decayed(smallest, now)) smallest = tenant
    }
    return smallest
  }
}

function decayed(tenant: Tenant, now: number): number {
  return tenant.spend * 0.5 ** ((now - tenant.at) / halfLifeMilliseconds)
}
