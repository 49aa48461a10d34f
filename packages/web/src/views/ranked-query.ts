import { viewAddress } from '../api/client.ts'
import { type PageState, wantsComparison } from '../navigation/page-state.ts'
import type { RankedView } from './catalog.ts'

const ROWS = 25

export interface RankedQuery {
  by: string
  compare: boolean
  limit: number
}

export function rankedQuery({ columns }: RankedView, state: PageState): RankedQuery {
  return {
    by: state.by,
    // A row that only the previous period has would be one of zeros elsewhere.
    compare: wantsComparison(state) && columns.includes('change'),
    limit: state.limit ?? ROWS,
  }
}

/** The address of the page's numbers. */
export function rankedAddress(definition: RankedView, state: PageState): string {
  return viewAddress(definition.view, state, rankedQuery(definition, state))
}
