import type { JSX } from 'preact'
import { navigate, usePageState } from '../navigation/address.tsx'
import { DimensionOptions } from './dimension-options.tsx'

/** Groups the current view by any other dimension. */
export function GroupPicker(): JSX.Element {
  const state = usePageState()
  return (
    <div class="group-picker">
      <span aria-hidden="true">By</span>
      <select
        class="control"
        aria-label="Group by"
        value={state.by}
        onChange={(event) => navigate({ ...state, by: event.currentTarget.value })}
      >
        <DimensionOptions chosen={state.by} />
      </select>
    </div>
  )
}
