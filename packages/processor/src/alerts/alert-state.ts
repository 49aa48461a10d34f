import type { Finding } from './evaluate-rules.ts'

interface Tracked {
  finding: Finding
  since: Date
  /** When it was last told of. */
  notifiedAt?: Date
}

/** What changed since the last look. */
export interface Changes {
  /** Held long enough, and not told of lately. */
  firing: Tracked[]
  /** Told of, and over. */
  resolved: Tracked[]
}

/** As Alertmanager's own default. */
const repeatAfterMilliseconds = 4 * 3600 * 1000

/** Remembers since when each finding holds, so that an alert fires only after its `for`, and is told of once. */
export class AlertState {
  private readonly tracked = new Map<string, Tracked>()

  update(findings: readonly Finding[], now: Date): Changes {
    const held = new Set<string>()
    for (const finding of findings) {
      const key = keyOf(finding)
      held.add(key)
      const known = this.tracked.get(key)
      // The clock was set back: what lies ahead of it would be waited for.
      if (known === undefined || known.since > now) this.tracked.set(key, { finding, since: now })
      else known.finding = finding
    }
    const changes: Changes = { firing: [], resolved: [] }
    for (const [key, tracked] of this.tracked) {
      if (!held.has(key)) {
        if (tracked.notifiedAt === undefined) this.tracked.delete(key)
        else changes.resolved.push(tracked)
      } else if (now.getTime() - tracked.since.getTime() >= milliseconds(tracked.finding.rule.for)) {
        const { notifiedAt } = tracked
        if (notifiedAt === undefined || now.getTime() - notifiedAt.getTime() >= repeatAfterMilliseconds) {
          changes.firing.push(tracked)
        }
      }
    }
    return changes
  }

  /** Called once the changes have been told: until then they stay changes. */
  markNotified(changes: Changes, now: Date): void {
    for (const tracked of changes.firing) tracked.notifiedAt = now
    for (const { finding } of changes.resolved) this.tracked.delete(keyOf(finding))
  }
}

function keyOf({ rule, labels }: Finding): string {
  return JSON.stringify([rule.name, labels])
}

/** Of a duration in Prometheus' notation with one unit: `10m`. */
function milliseconds(duration: string): number {
  const unit = { s: 1000, m: 60_000, h: 3_600_000 }[duration.slice(-1)]
  return Number.parseInt(duration, 10) * unit!
}
