import type { DuckDBConnection } from '@duckdb/node-api'
import type { SharedColumns } from './business-keys.ts'
import { dimensionExpression } from './dimensions.ts'
import { type Selection, selectionCondition } from './query.ts'
import type { Quality } from './view-types.ts'
import { plain } from './view-values.ts'

/** How much of a selection is incomplete: it stands beside every view, so that no number looks better than it is. */
export async function readQuality(
  connection: DuckDBConnection,
  selection: Selection,
  by: string | null,
  shared: SharedColumns,
): Promise<Quality> {
  const { sql, values } = selectionCondition(selection, shared)
  const key = by === null ? `'all'` : dimensionExpression(by, shared)
  const result = await connection.runAndReadAll(
    `SELECT
      count(*) FILTER (WHERE length(${key}) = 0) AS untagged_calls,
      sum(cost) FILTER (WHERE length(${key}) = 0) AS untagged_cost,
      count(*) FILTER (WHERE cost IS NULL) AS unpriced_calls,
      count(*) FILTER (starts_with(cost_source, 'estimated')) AS estimated_calls,
      sum(cost) FILTER (starts_with(cost_source, 'estimated')) AS estimated_cost
    FROM storage.calls WHERE ${sql}`,
    values,
  )
  const row = result.getRowObjects()[0]!
  const amount = (kind: string): { calls: number; cost: string | null } => {
    const calls = Number(row[`${kind}_calls`])
    return { calls, cost: calls === 0 ? '0' : (plain('money', row[`${kind}_cost`]) as string | null) }
  }
  return {
    untagged: by === null ? null : { key: by, ...amount('untagged') },
    unpriced: { calls: Number(row.unpriced_calls) },
    estimated: amount('estimated'),
  }
}
