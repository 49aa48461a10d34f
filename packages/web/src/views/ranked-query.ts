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

/** Where the numbers of the page are to be had. */
export function rankedAddress(definition: RankedView, state: PageState): string {
  return viewAddress(definition.view, state, rankedQuery(state))
}
