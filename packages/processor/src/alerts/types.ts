import type { BudgetStatus } from '../budgets/index.ts'

/** How an alert's top contributors are found: the dimension to split by, and what to rank them by. */
interface Contributors {
  by: 'feature' | 'tenant' | 'team' | 'model' | 'provider' | 'environment'
  of: 'cost' | 'retries'
}

/**
 * An alert, which Prometheus evaluates over the cost metrics, or, without Prometheus, the processor over its ledger. In texts,
 * `{name}` stands for the label of that name and `{value}` for the measured value.
 */
export interface AlertRule {
  name: string
  severity: 'page' | 'ticket'
  /** How long the condition must hold, in Prometheus' notation. */
  for: string
  summary: string
  /** The likely causes, and how to tell them apart. */
  cause: string
  /** Where to look: a dashboard of ours, a query of the cookbook. */
  look: string
  /** How `{value}` is to be read. */
  unit: 'USD' | 'USD/h' | 'ratio' | 'times' | 'tokens' | 'calls'
  contributors?: Contributors
  prometheus: string
  /** How the processor evaluates it; absent if only an outside observer can. */
  ledger?: LedgerCondition
}

type LedgerCondition =
  | {
      /** SELECT over the ledger's `calls` that gives a row for each firing series: its labels, and `value`. */
      sql: (now: SqlTime) => string
    }
  | {
      /** The share of the last hour's cost that may lack a key which the ledger requires. */
      untaggedAbove: number
    }
  | {
      /** Over the status of one budget; undefined where it does not fire. */
      budget: (status: BudgetStatus) => number | undefined
    }

/** SQL for moments around the time of evaluation. */
export interface SqlTime {
  now: string
  /** SQL for the moment that lies an interval, `1 hour` or `7 days 1 hour`, before. */
  ago: (interval: string) => string
}

/** What the configuration says of alerts. */
export interface AlertsConfig {
  readonly webhook: {
    readonly url: string
    /** The body: as Alertmanager posts to its webhook receivers, or as Slack's incoming webhooks take it. */
    readonly format: 'alertmanager' | 'slack'
    readonly headers?: Readonly<Record<string, string>>
  }
  /** The address of the spend page from outside, for links. */
  readonly external_url?: string
}

/** An alert that holds, or did. */
export interface Alert {
  readonly rule: AlertRule
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
  readonly status: 'firing' | 'resolved'
  readonly startsAt: Date
  readonly endsAt?: Date
  /** Who contributes most, such as `summaries 12.00 USD/h`, the largest first. */
  readonly contributors: readonly string[]
}
