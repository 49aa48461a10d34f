import type { JSX } from 'preact'
import { api, dimensionsAddress } from '../api/client.ts'
import { useResource } from '../api/use-resource.ts'
import { navigate, usePageState } from '../navigation/address.tsx'

/** Groups the current view by any other dimension. */
export function GroupPicker(): JSX.Element {
  const state = usePageState()
  const { data } = useResource(api.dimensions, dimensionsAddress(state), 'dimensions')
  const dimensions = data?.dimensions ?? [{ name: state.by, title: state.by }]
  return (
    <div class="group-picker">
      <span aria-hidden="true">By</span>
      <select
        class="control"
        aria-label="Group by"
        value={state.by}
        onChange={(event) => navigate({ ...state, by: event.currentTarget.value })}
      >
        {dimensions.map(({ name, title }) => (
          <option key={name} value={name} selected={name === state.by}>
            {title}
          </option>
        ))}
      </select>
    </div>
  )
}
