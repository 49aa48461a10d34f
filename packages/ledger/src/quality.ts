import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import type { SharedColumns } from './business-keys.ts'
import { dimensionExpression } from './dimensions.ts'
import { type Selection, selectionCondition } from './query.ts'
import type { Quality } from './view-types.ts'
import { plain } from './view-values.ts'

/** Calls without a value of the dimension, and what they cost. */
interface Untagged {
  readonly calls: DuckDBValue | undefined
  readonly cost: DuckDBValue | undefined
}

/**
 * How much of a selection is incomplete: it stands beside every view, so that no number looks better than it is. `untagged`
 * where the rows of the view have told it.
 */
export async function readQuality(
  connection: DuckDBConnection,
  selection: Selection,
  by: string | null,
  shared: SharedColumns,
  untagged?: Untagged,
): Promise<Quality> {
  const { sql, values } = selectionCondition(selection, shared)
  const matching = `FROM storage.calls WHERE ${sql}`
  // A condition of its own each: DuckDB passes over what it excludes without reading the other columns.
  const parts = [
    `SELECT count(*) - count(cost) AS unpriced_calls ${matching}`,
    `SELECT count(*) AS estimated_calls, sum(cost) AS estimated_cost ${matching} AND cost_source = 'estimated'`,
  ]
  if (by !== null && untagged === undefined) {
    const isUntagged = `${dimensionExpression(by, shared)} = ''`
    parts.push(`SELECT count(*) AS untagged_calls, sum(cost) AS untagged_cost ${matching} AND ${isUntagged}`)
  }
  const result = await connection.runAndReadAll(
    `SELECT * FROM ${parts.map((part) => `(${part})`).join(', ')}`,
    values,
  )
  const found = result.getRowObjects()[0]!
  const row: Readonly<Record<string, DuckDBValue | undefined>> = {
    ...found,
    ...(untagged && { untagged_calls: untagged.calls, untagged_cost: untagged.cost }),
  }
  const amount = (kind: 'untagged' | 'estimated'): { calls: number; cost: string | null } => {
    const calls = Number(row[`${kind}_calls`] ?? 0)
    return { calls, cost: calls === 0 ? '0' : (plain('money', row[`${kind}_cost`]) as string | null) }
  }
  return {
    untagged: by === null ? null : { key: by, ...amount('untagged') },
    unpriced: { calls: Number(row.unpriced_calls) },
    estimated: amount('estimated'),
  }
}
