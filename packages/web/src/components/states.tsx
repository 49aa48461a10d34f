import type { ComponentChildren, JSX } from 'preact'
import type { ApiError } from '../api/client.ts'
import { useLedgerStatus } from '../api/ledger-status.tsx'
import { formatCalls } from '../format/quantity.ts'
import { formatRange } from '../format/time.ts'
import { Link, usePageState } from '../navigation/address.tsx'
import { DEFAULT_STATE } from '../navigation/page-state.ts'
import { PageTitle } from './page-title.tsx'

interface StateProps {
  title: string
  children: ComponentChildren
}

function State({ title, children }: StateProps): JSX.Element {
  return (
    <section class="state">
      <PageTitle>{title}</PageTitle>
      {children}
    </section>
  )
}

const FIRST_STEPS = `npm install @spanmeter/instrumentation
OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318 \\
  node --require @spanmeter/instrumentation/register app.js`

/** No rows: says whether that is because of the ledger, the range or the filters, and what to do. */
export function EmptyState(): JSX.Element {
  const state = usePageState()
  const { status } = useLedgerStatus()
  if (status?.calls === 0) {
    return (
      <State title="No LLM call has arrived yet">
        <p>Start an application with the instrumentation, and its calls show up here as they are made:</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre tabIndex={0}>
          <code>{FIRST_STEPS}</code>
        </pre>
        <p>Applications in other languages send their OpenTelemetry GenAI spans to the same address.</p>
      </State>
    )
  }
  const { where } = state
  return (
    <State title={where.length > 0 ? 'No call matches these filters' : 'No calls in this range'}>
      {status?.first_call && status.last_call && (
        <p>
          The ledger holds {formatCalls(status.calls)}: {formatRange(status.first_call, status.last_call)}{' '}
          UTC.
        </p>
      )}
      <div class="state-actions">
        {where.length > 0 && (
          <Link class="control control-loud" to={{ ...state, where: [] }}>
            Remove the filters
          </Link>
        )}
        {state.since !== '' && (
          <Link
            class={where.length > 0 ? 'control' : 'control control-loud'}
            to={{ ...state, since: '', until: '' }}
          >
            Show the whole ledger
          </Link>
        )}
      </div>
    </State>
  )
}

export function advise(error: ApiError): { title: string; advice: string } {
  if (error.status === 0)
    return {
      title: 'The processor does not answer',
      advice: 'Is it running? Start it with “spanmeter”. This page tries again by itself.',
    }
  if (error.status === 401 || error.status === 403)
    return {
      title: 'Not signed in',
      advice: 'Open the page again with the credentials that the processor was configured with.',
    }
  if (error.status === 400)
    return { title: 'This link asks for something the ledger does not know', advice: error.message }
  if (error.status === 404) return { title: 'Not found', advice: error.message }
  if (error.status === 503) return { title: 'The ledger cannot answer now', advice: error.message }
  return { title: 'Something went wrong in the processor', advice: `${error.message}. Its log says more.` }
}

export function ErrorState({ error, retry }: { error: ApiError; retry: () => void }): JSX.Element {
  const { title, advice } = advise(error)
  return (
    <div role="alert">
      <State title={title}>
        <p>{advice}</p>
        <div class="state-actions">
          <button type="button" class="control control-loud" onClick={retry}>
            Try again
          </button>
          {error.status >= 400 && error.status < 500 && (
            <Link class="control" to={DEFAULT_STATE}>
              Start over
            </Link>
          )}
        </div>
      </State>
    </div>
  )
}

export function Skeleton(): JSX.Element {
  return (
    <div class="headline" role="status">
      <span class="out-of-sight">Loading</span>
      <div class="skeleton skeleton-total" />
      <div class="skeleton skeleton-table" />
    </div>
  )
}
