import type { Ledger } from '@spanmeter/ledger'
import { type BudgetStatus, scopeCondition, sqlString, sqlTime } from '../budgets/index.ts'
import { alertRules } from './rules/index.ts'
import type { AlertRule, SqlTime } from './types.ts'

/** A rule whose condition holds now, for one set of labels. */
export interface Finding {
  rule: AlertRule
  labels: Record<string, string>
  value: number
  /** SQL that selects the calls that the finding is about, as ` AND ...`. */
  condition: string
}

/** The ledger's calls, with the same names for absent values as in the metrics. */
const named = `SELECT * REPLACE (
  coalesce(feature, 'untagged') AS feature, coalesce(team, 'untagged') AS team, coalesce(tenant, 'untagged') AS tenant,
  coalesce(environment, 'unknown') AS environment, coalesce(provider, 'unknown') AS provider, coalesce(model, 'unknown') AS model
) FROM calls`

/** Evaluates at `now` every rule of the list that the ledger can answer. */
export async function evaluateRules(
  ledger: Pick<Ledger, 'sql' | 'total' | 'view'>,
  budgets: readonly BudgetStatus[],
  now: Date,
): Promise<Finding[]> {
  const time: SqlTime = { now: sqlTime(now), ago: (interval) => `${sqlTime(now)} - INTERVAL '${interval}'` }
  const findings: Finding[] = []
  for (const rule of alertRules) {
    if (rule.ledger === undefined) continue
    if ('budget' in rule.ledger) {
      for (const status of budgets) {
        const value = rule.ledger.budget(status)
        if (value === undefined) continue
        const { budget } = status
        findings.push({ rule, labels: { budget: budget.name }, value, condition: scopeCondition(budget) })
      }
    } else if ('untaggedAbove' in rule.ledger) {
      const shares = await untaggedShares(ledger, now)
      for (const [missing, share] of shares)
        if (share > rule.ledger.untaggedAbove) findings.push(finding(rule, { missing }, share))
    } else {
      const { rows } = await ledger.sql(overNamedCalls(rule.ledger.sql(time)))
      for (const { value, ...labels } of rows) findings.push(finding(rule, labels, Number(value)))
    }
  }
  return findings
}

/** For each required key, the share of the last hour's cost that lacks it. */
async function untaggedShares(
  ledger: Pick<Ledger, 'total' | 'view'>,
  now: Date,
): Promise<[key: string, share: number][]> {
  const lastHour = { since: new Date(now.getTime() - 3_600_000), until: now }
  const { cost: total } = await ledger.total(lastHour)
  const { rows } = await ledger.view('quality', lastHour)
  return rows
    .filter(({ problem }) => problem === 'untagged')
    .map(({ detail, cost }) => [String(detail), Number(cost) / Number(total)])
}

function finding(rule: AlertRule, columns: Record<string, unknown>, value: number): Finding {
  const labels = Object.fromEntries(Object.entries(columns).map(([name, text]) => [name, String(text)]))
  const scope = ['environment', 'feature', 'tenant', 'model', 'provider'].filter((name) => name in labels)
  const condition = scope.map((name) => ` AND ${name} = ${sqlString(labels[name]!)}`).join('')
  return { rule, labels, value, condition }
}

/** The three that spent (or retried) most in the last hour, among the calls that a finding is about. */
export async function topContributors(
  ledger: Pick<Ledger, 'sql'>,
  found: Finding,
  now: Date,
): Promise<string[]> {
  const { contributors } = found.rule
  if (contributors === undefined) return []
  const { by, of } = contributors
  const measure = of === 'cost' ? 'sum(cost)' : 'sum(attempts - 1)'
  const { rows } = await ledger.sql(
    overNamedCalls(`
SELECT ${by} AS name, ${measure} AS amount
FROM calls
WHERE started > ${sqlTime(now)} - INTERVAL '1 hour' AND started <= ${sqlTime(now)}${found.condition}
GROUP BY ALL HAVING amount > 0 ORDER BY amount DESC LIMIT 3`),
  )
  return rows.map(({ name, amount }) =>
    of === 'cost' ? `${name} ${Number(amount).toFixed(2)} USD/h` : `${name} ${Number(amount)} retries/h`,
  )
}

function overNamedCalls(sql: string): string {
  return `WITH named_calls AS (${named}) ${sql.replaceAll('FROM calls', 'FROM named_calls')}`
}
