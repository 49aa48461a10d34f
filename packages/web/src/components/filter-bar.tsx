import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { api, dimensionsAddress } from '../api/client.ts'
import { useResource } from '../api/use-resource.ts'
import { formatMoney } from '../format/money.ts'
import { formatName } from '../format/name.ts'
import { Link, usePageState } from '../navigation/address.tsx'
import { narrow, printFilter, widen } from '../navigation/page-state.ts'
import { DimensionOptions } from './dimension-options.tsx'
import { Popover } from './popover.tsx'

/** The filters that apply, each with a link that removes it, and a button that adds one. */
export function FilterBar(): JSX.Element {
  const state = usePageState()
  const bar = useRef<HTMLDivElement>(null)
  return (
    <div class="filter-bar" ref={bar}>
      {state.where.map((filter) => (
        <span class="chip" key={printFilter(filter)}>
          <span>
            {filter.key} <strong>{formatName(filter.value)}</strong>
          </span>
          <Link
            to={widen(state, filter)}
            aria-label={`Remove filter ${filter.key} ${formatName(filter.value)}`}
            onFollow={() => bar.current?.querySelector('button')?.focus()}
          >
            <span aria-hidden="true">×</span>
          </Link>
        </span>
      ))}
      <Popover label="Filter">{(close) => <FilterPicker close={close} />}</Popover>
    </div>
  )
}

function FilterPicker({ close }: { close: () => void }): JSX.Element {
  const state = usePageState()
  const [name, setName] = useState(state.by)
  const [search, setSearch] = useState('')
  const one = useResource(api.dimensions, dimensionsAddress(state, name, search), `dimension ${name}`)
  const values = one.data?.dimensions[0]?.values ?? []
  // Calls without a value are in every answer.
  const found = values.filter(({ value }) =>
    (value ?? 'untagged').toLowerCase().includes(search.toLowerCase()),
  )
  return (
    <>
      <label class="field">
        Dimension
        <select value={name} onChange={(event) => setName(event.currentTarget.value)}>
          <DimensionOptions chosen={name} />
        </select>
      </label>
      <label class="field">
        Value
        <input
          type="search"
          value={search}
          placeholder="Type to find"
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      </label>
      <ul class="value-list" aria-label="Values">
        {found.map(({ value, cost }) => (
          <li key={value ?? ''}>
            <Link to={narrow(state, { key: name, value })} onFollow={close}>
              <span>{formatName(value)}</span>
              <span class="amount">{formatMoney(cost)}</span>
            </Link>
          </li>
        ))}
        {!one.loading && found.length === 0 && <li>Nothing in this range has such a value.</li>}
      </ul>
    </>
  )
}
