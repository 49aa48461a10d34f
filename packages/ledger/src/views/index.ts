import { LedgerError } from '../errors.ts'
import { cache } from './cache.ts'
import { latency } from './latency.ts'
import { margin } from './margin.ts'
import { outcomes } from './outcomes.ts'
import { quality } from './quality.ts'
import { spend } from './spend.ts'
import { tokens } from './tokens.ts'
import { traces } from './traces.ts'
import { trend } from './trend.ts'
import type { View } from './view.ts'
import { waste } from './waste.ts'
import { workflows } from './workflows.ts'

/** Every view: the entry here, and its SQL in `sql/views/<name>.sql`. */
export const VIEWS: readonly View[] = [
  spend,
  trend,
  workflows,
  tokens,
  cache,
  waste,
  quality,
  latency,
  traces,
  outcomes,
  margin,
]

/** @throws LedgerError `ledger_invalid_query` */
export function findView(name: string): View {
  const view = VIEWS.find((candidate) => candidate.name === name)
  if (view === undefined) {
    throw new LedgerError(
      'ledger_invalid_query',
      `unknown view '${name}': use one of ${VIEWS.map(({ name }) => name).join(', ')}`,
    )
  }
  return view
}
