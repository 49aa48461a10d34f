import type { Finding } from './evaluate-rules.ts'

interface Tracked {
  finding: Finding
  since: Date
  /** When it was last posted to the webhook. */
  notifiedAt?: Date
}

/** What has to be posted to the webhook. */
export interface Changes {
  /** Findings that have held for long enough, and that were not posted recently. */
  firing: Tracked[]
  /** Findings that were posted, and that don't hold any more. */
  resolved: Tracked[]
}

/** As Alertmanager's own default. */
const repeatAfterMilliseconds = 4 * 3600 * 1000

/** Remembers since when each finding holds, so that an alert fires only after its `for`, and is not repeated too often. */
export class AlertState {
  readonly #tracked = new Map<string, Tracked>()

  update(findings: readonly Finding[], now: Date): Changes {
    const held = new Set<string>()
    for (const finding of findings) {
      const key = keyOf(finding)
      held.add(key)
      const known = this.#tracked.get(key)
      // A start in the future, as after the clock was set back, would delay the alert.
      if (known === undefined || known.since > now) this.#tracked.set(key, { finding, since: now })
      else known.finding = finding
    }
    const changes: Changes = { firing: [], resolved: [] }
    for (const [key, tracked] of this.#tracked) {
      if (!held.has(key)) {
        if (tracked.notifiedAt === undefined) this.#tracked.delete(key)
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

  /** To be called once the changes are posted; until then, the same ones are returned again. */
  markNotified(changes: Changes, now: Date): void {
    for (const tracked of changes.firing) tracked.notifiedAt = now
    for (const { finding } of changes.resolved) this.#tracked.delete(keyOf(finding))
  }
}

function keyOf({ rule, labels }: Finding): string {
  return JSON.stringify([rule.name, labels])
}

/** A duration in Prometheus' notation with a single unit (`10m`) in milliseconds. */
function milliseconds(duration: string): number {
  const unit = { s: 1000, m: 60_000, h: 3_600_000 }[duration.slice(-1)]
  return Number.parseInt(duration, 10) * unit!
}
