import type { JSX } from 'preact'
import { useLedgerStatus } from '../api/ledger-status.tsx'
import { navigate, usePageState } from '../navigation/address.tsx'
import type { ViewName } from '../navigation/page-state.ts'
import { FilterBar } from './filter-bar.tsx'
import { RangePicker } from './range-picker.tsx'

/** The views that aren't compared with the previous period. */
const NOT_COMPARED: readonly ViewName[] = ['tokens', 'cache', 'quality', 'traces', 'trace']

/** The query: range, filters, comparison. All of it is in the address. */
export function Toolbar(): JSX.Element {
  const state = usePageState()
  const { live, setLive, error } = useLedgerStatus()
  // A trace has its own time, and nothing to be compared with.
  const isTrace = state.view === 'trace'
  const isCompared = state.since !== '' && !NOT_COMPARED.includes(state.view)
  return (
    <section class="toolbar" aria-label="Range and filters">
      {!isTrace && <RangePicker />}
      {!isTrace && <FilterBar />}
      <div class="toolbar-space" />
      {isCompared && (
        <button
          type="button"
          class="control"
          aria-pressed={state.compare}
          title="With the period of the same length before"
          onClick={() => navigate({ ...state, compare: !state.compare })}
        >
          Compare
        </button>
      )}
      <button
        type="button"
        class="control"
        aria-pressed={live}
        onClick={() => setLive(!live)}
        title={error?.message ?? 'New calls show up by themselves'}
      >
        <span class="live-light" aria-hidden="true" /> Live
      </button>
    </section>
  )
}
