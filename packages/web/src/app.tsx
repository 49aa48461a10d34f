import type { JSX } from 'preact'
import { LedgerStatusProvider, useLedgerStatus } from './api/ledger-status.tsx'
import { Rail } from './components/rail.tsx'
import { advise } from './components/states.tsx'
import { Toolbar } from './components/toolbar.tsx'
import { AddressProvider, usePageState } from './navigation/address.tsx'
import { rankedView } from './views/catalog.ts'
import { DrilldownPage } from './views/drilldown-page.tsx'
import { QualityPage } from './views/quality-page.tsx'
import { RankedPage } from './views/ranked-page.tsx'
import { TracePage } from './views/trace-page.tsx'
import { TracesPage } from './views/traces-page.tsx'

export function App(): JSX.Element {
  return (
    <AddressProvider>
      <LedgerStatusProvider>
        <div class="frame">
          <a class="out-of-sight" href="#content">
            Skip to the figures
          </a>
          <Rail />
          <main class="content" id="content" tabIndex={-1}>
            <Toolbar />
            <ConnectionNotice />
            <Page />
          </main>
        </div>
      </LedgerStatusProvider>
    </AddressProvider>
  )
}

function Page(): JSX.Element {
  const { view } = usePageState()
  if (view === 'drilldown') return <DrilldownPage />
  if (view === 'quality') return <QualityPage />
  if (view === 'traces') return <TracesPage />
  if (view === 'trace') return <TracePage />
  return <RankedPage definition={rankedView(view)!} />
}

/** While the processor can't be reached, what is on the screen stays. */
function ConnectionNotice(): JSX.Element | null {
  const { status, error } = useLedgerStatus()
  if (!error || !status) return null
  return (
    <p class="notice" role="status">
      {advise(error).title}. What you see is the last it said;{' '}
      {error.status === 401 ? 'load the page again to sign in.' : 'this page tries again every few seconds.'}
    </p>
  )
}
