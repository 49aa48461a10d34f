import { viewAddress } from '../api/client.ts'
import { type PageState, wantsComparison } from '../navigation/page-state.ts'
import type { RankedView } from './catalog.ts'

const ROWS = 25

export interface RankedQuery {
  by: string
  compare: boolean
  limit: number
}

export function rankedQuery(state: PageState): RankedQuery {
  return {
    by: state.by,
    compare: wantsComparison(state),
    limit: state.limit ?? ROWS,
  }
}

/** The address of the page's numbers. */
export function rankedAddress(definition: RankedView, state: PageState): string {
  return viewAddress(definition.view, state, rankedQuery(state))
}
