import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import type { SharedColumns } from './business-keys.ts'
import { dimensionExpression } from './dimensions.ts'
import { type Selection, selectionCondition } from './query.ts'
import type { Quality } from './view-types.ts'
import { plain } from './view-values.ts'

/** What the quality of a selection is made of: numbers of calls and their costs. */
type Figures = Readonly<Record<string, DuckDBValue | undefined>>

/**
 * How much of a selection is incomplete: returned with every view, so that no number looks better than it is. Figures
 * that are `known` from the view's totals are not read again.
 */
export async function readQuality(
  connection: DuckDBConnection,
  selection: Selection,
  by: string | null,
  shared: SharedColumns,
  known: Figures,
): Promise<Quality> {
  const figures = { ...(await readUnknown(connection, selection, by, shared, known)), ...known }
  const amount = (kind: 'untagged' | 'estimated'): { calls: number; cost: string | null } => {
    const calls = Number(figures[`${kind}_calls`] ?? 0)
    return { calls, cost: calls === 0 ? '0' : (plain('money', figures[`${kind}_cost`]) as string | null) }
  }
  return {
    untagged: by === null ? null : { key: by, ...amount('untagged') },
    unpriced: { calls: Number(figures.unpriced_calls) },
    estimated: amount('estimated'),
  }
}

async function readUnknown(
  connection: DuckDBConnection,
  selection: Selection,
  by: string | null,
  shared: SharedColumns,
  known: Figures,
): Promise<Figures> {
  const { sql, values } = selectionCondition(selection, shared)
  const matching = `FROM storage.calls WHERE ${sql}`
  // Each with a condition of its own, so that DuckDB skips excluded rows without reading other columns.
  const parts: string[] = []
  if (!('unpriced_calls' in known)) parts.push(`SELECT count(*) - count(cost) AS unpriced_calls ${matching}`)
  if (!('estimated_calls' in known)) {
    parts.push(
      `SELECT count(*) AS estimated_calls, sum(cost) AS estimated_cost ${matching} AND cost_source = 'estimated'`,
    )
  }
  if (by !== null && !('untagged_calls' in known)) {
    const isUntagged = `${dimensionExpression(by, shared)} = ''`
    parts.push(`SELECT count(*) AS untagged_calls, sum(cost) AS untagged_cost ${matching} AND ${isUntagged}`)
  }
  if (parts.length === 0) return {}
  const result = await connection.runAndReadAll(
    `SELECT * FROM ${parts.map((part) => `(${part})`).join(', ')}`,
    values,
  )
  return result.getRowObjects()[0]!
}
