import type { Ledger } from '@spanmeter/ledger'
import { type BudgetConfig, type BudgetStatus, budgetGauges, readBudgets } from '../budgets/index.ts'
import type { GaugeReading } from '../metrics/reading.ts'
import { onceAborted } from '../once-aborted.ts'
import type { RateLimitedLogger } from '../telemetry/logger.ts'
import { AlertState, type Changes } from './alert-state.ts'
import { evaluateRules, topContributors } from './evaluate-rules.ts'
import type { Alert, AlertsConfig } from './types.ts'
import { postAlerts, WebhookError } from './webhook.ts'

const intervalMilliseconds = 60_000
/** The ledger may be opened after the service has started. */
const ledgerRetryMilliseconds = 1000

export interface SpendWatchOptions {
  /** Undefined while the ledger can't be opened. */
  ledger: () => Pick<Ledger, 'sql' | 'total' | 'view'> | undefined
  budgets: readonly BudgetConfig[]
  /** If undefined, no alerts are evaluated here. */
  alerts: AlertsConfig | undefined
  log: Pick<RateLimitedLogger, 'warn'>
}

export interface SpendWatch {
  /** Budgets as of the last look, for the metrics. */
  gauges(): GaugeReading[]
  /** Budgets as of the last look. */
  budgets(): readonly BudgetStatus[]
  /** Looks at the ledger now, and tells the webhook what has changed. Never rejects. */
  look(now?: Date): Promise<void>
  /** Resolves once no look is under way; after the deadline, the webhook is not waited for. */
  close(deadline: AbortSignal): Promise<void>
}

/** Looks at the ledger every minute, to update the budgets and, if configured, evaluate the alerts. */
export function startSpendWatch(options: SpendWatchOptions): SpendWatch {
  const { alerts, log } = options
  const state = new AlertState()
  let statuses: readonly BudgetStatus[] = []
  let looking: Promise<void> | undefined
  let retry: NodeJS.Timeout | undefined
  const cut = new AbortController()

  async function lookNow(now: Date): Promise<void> {
    const ledger = options.ledger()
    if (ledger === undefined) {
      clearTimeout(retry)
      retry = setTimeout(() => void look(), ledgerRetryMilliseconds).unref()
      return
    }
    try {
      statuses = await readBudgets(ledger, options.budgets, now)
      if (alerts === undefined) return
      const changes = state.update(await evaluateRules(ledger, statuses, now), now)
      if (changes.firing.length + changes.resolved.length === 0) return
      await postAlerts(alerts, await describe(ledger, changes, now), cut.signal)
      state.markNotified(changes, now)
    } catch (err) {
      if (err instanceof WebhookError)
        log.warn('alerts', { err }, 'could not deliver alerts to the webhook; trying again in a minute')
      else
        log.warn(
          'spend_watch',
          { err },
          'could not read budgets and alerts from the ledger; trying again in a minute',
        )
    }
  }

  const look = (now: Date = new Date()): Promise<void> => {
    looking ??= lookNow(now).finally(() => {
      looking = undefined
    })
    return looking
  }
  const timer = setInterval(() => void look(), intervalMilliseconds)
  timer.unref()
  void look()
  return {
    gauges: () => budgetGauges(statuses),
    budgets: () => statuses,
    look,
    async close(deadline) {
      clearInterval(timer)
      clearTimeout(retry)
      onceAborted(deadline, () => cut.abort())
      await looking
    },
  }
}

async function describe(ledger: Pick<Ledger, 'sql'>, changes: Changes, now: Date): Promise<Alert[]> {
  const described: Alert[] = []
  for (const { finding, since } of changes.firing) {
    const { rule, labels, value } = finding
    const contributors = await topContributors(ledger, finding, now)
    described.push({ rule, labels, value, status: 'firing', startsAt: since, contributors })
  }
  for (const { finding, since } of changes.resolved) {
    const { rule, labels, value } = finding
    const ended = { startsAt: since, endsAt: now, contributors: [] }
    described.push({ rule, labels, value, status: 'resolved', ...ended })
  }
  return described
}
