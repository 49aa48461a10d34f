import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { useLedgerStatus } from '../api/ledger-status.tsx'
import { formatCalls } from '../format/quantity.ts'
import { formatMoment } from '../format/time.ts'
import { Link, usePageState } from '../navigation/address.tsx'
import { DEFAULT_STATE, type PageState, type ViewName } from '../navigation/page-state.ts'
import { NAVIGATION } from '../views/catalog.ts'
import { ColourSchemeButton } from './colour-scheme.tsx'

/** Another view keeps the range and the filters, but not what belonged to the old view. */
function goTo(state: PageState, view: ViewName, by: string | undefined): PageState {
  const { since, until, where, compare, measure } = state
  return { ...DEFAULT_STATE, since, until, where, compare, measure, view, by: by ?? state.by }
}

export function Rail(): JSX.Element {
  const state = usePageState()
  const [open, setOpen] = useState(false)
  const isCurrent = (view: ViewName, by?: string): boolean => {
    if (state.view !== view && !(state.view === 'trace' && view === 'traces')) return false
    return by === undefined || state.by === by || view !== 'spend'
  }
  return (
    <header class="rail">
      <Link class="wordmark" to={DEFAULT_STATE}>
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <rect class="mark-ground" width="32" height="32" rx="7" />
          <path class="mark-bars" d="M7 7h18v4H7zM7 14h12v4H7zM7 21h6v4H7z" />
        </svg>
        Spanmeter
      </Link>
      <button
        type="button"
        class="control rail-toggle"
        aria-expanded={open}
        aria-controls="navigation"
        onClick={() => setOpen(!open)}
      >
        Views
      </button>
      <nav id="navigation" class={`navigation ${open ? 'navigation-open' : ''}`} aria-label="Views">
        {NAVIGATION.map(({ title, entries }) => (
          <div key={title}>
            <h2>{title}</h2>
            <ul>
              {entries.map(({ label, view, by }) => (
                <li key={label}>
                  <Link
                    to={goTo(state, view, by)}
                    aria-current={isCurrent(view, by) ? 'page' : undefined}
                    onFollow={() => setOpen(false)}
                  >
                    {label}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <RailFoot />
    </header>
  )
}

function RailFoot(): JSX.Element {
  const { status } = useLedgerStatus()
  return (
    <div class="rail-foot">
      {status && (
        <p class="ledger-facts">
          {formatCalls(status.calls)} in the ledger
          {status.last_call && (
            <>
              <br />
              last one {formatMoment(status.last_call)} UTC
            </>
          )}
        </p>
      )}
      <ColourSchemeButton />
    </div>
  )
}
