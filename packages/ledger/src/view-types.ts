import type { Filter, Selection } from './query.ts'
import type { Bucket } from './time.ts'
import type { Row } from './view-values.ts'
import type { Column } from './views/view.ts'

export interface ViewQuery extends Selection {
  /** The dimension to group by, if the view takes one. */
  readonly by?: string
  /** `previous` adds the cost of the period of the same length before; needs `since`. */
  readonly compare?: 'previous'
  /** `change`: rows whose cost changed most since the previous period come first; needs `compare`. */
  readonly rank?: 'change'
  /** How many rows; for `trend`, how many keys with a line of their own. The default is 100. */
  readonly limit?: number
  /** For `trend`. */
  readonly bucket?: Bucket
}

/** A view, as API, page and report show it. Money is an exact decimal string in `currency`; `null` is unknown. */
export interface ViewResult {
  readonly view: string
  readonly title: string
  readonly by: string | null
  readonly bucket?: Bucket
  readonly range: {
    readonly since: string | null
    readonly until: string
    readonly previous_since?: string
    /**
     * The ledger's first call, if a good part of the previous period was over by then: the comparison is not with a
     * whole one.
     */
    readonly first_call?: string
  }
  readonly filters: readonly Filter[]
  readonly currency: 'USD'
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  readonly totals: Row
  /** The rows that `limit` left out. */
  readonly hidden: { readonly rows: number; readonly cost: string | null; readonly calls: number }
  readonly quality: Quality
}

/** How much of what is shown is incomplete. */
export interface Quality {
  readonly untagged: { readonly key: string; readonly calls: number; readonly cost: string | null } | null
  readonly unpriced: { readonly calls: number }
  readonly estimated: { readonly calls: number; readonly cost: string | null }
}
