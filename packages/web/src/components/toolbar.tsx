import type { JSX } from 'preact'
import { useLedgerStatus } from '../api/ledger-status.tsx'
import { navigate, usePageState } from '../navigation/address.tsx'
import { FilterBar } from './filter-bar.tsx'
import { RangePicker } from './range-picker.tsx'

/** What is asked: the range, the filters, the comparison. All of it is in the address. */
export function Toolbar(): JSX.Element {
  const state = usePageState()
  const { live, setLive, error } = useLedgerStatus()
  return (
    <section class="toolbar" aria-label="Range and filters">
      <RangePicker />
      <FilterBar />
      <div class="toolbar-space" />
      <button
        type="button"
        class="control"
        aria-pressed={state.compare}
        onClick={() => navigate({ ...state, compare: !state.compare })}
      >
        Compare
      </button>
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
