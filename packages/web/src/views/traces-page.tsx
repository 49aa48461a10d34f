import type { JSX } from 'preact'
import { api, csvAddress, viewAddress } from '../api/client.ts'
import { useLedgerStatus } from '../api/ledger-status.tsx'
import type { Row } from '../api/types.ts'
import { useResource } from '../api/use-resource.ts'
import { CsvLink } from '../components/csv-link.tsx'
import { RangeNote, Total } from '../components/headline.tsx'
import { PageTitle } from '../components/page-title.tsx'
import { ScrollingTable } from '../components/scrolling-table.tsx'
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx'
import { exactCell, formatCell } from '../format/cell.ts'
import { approximateMoney, formatMoney } from '../format/money.ts'
import { formatName } from '../format/name.ts'
import { formatCount } from '../format/quantity.ts'
import { Link, usePageState } from '../navigation/address.tsx'
import { MOST_ROWS } from '../navigation/page-state.ts'

/** The most expensive traces of the range and filters, each one click from the user's own backend. */
export function TracesPage(): JSX.Element {
  const state = usePageState()
  const { status } = useLedgerStatus()
  const options = { limit: state.limit ?? 50 }
  const { data, error, loading, retry } = useResource(
    api.view,
    viewAddress('traces', state, options),
    'traces',
  )
  if (error) return <ErrorState error={error} retry={retry} />
  if (!data) return <Skeleton />
  if (data.rows.length === 0) return <EmptyState />
  const traces = data.rows.length + data.hidden.rows
  const most = Math.max(...data.rows.map((row) => approximateMoney(row.cost as string | null)))
  return (
    <div aria-busy={loading}>
      <header class="headline">
        <div>
          <PageTitle>Most expensive traces</PageTitle>
          <RangeNote result={data} />
        </div>
        <div class="headline-total">
          <Total value={data.totals.cost} type="money" />
          <p class="delta">
            in {formatCount(traces)} {traces === 1 ? 'trace' : 'traces'}
          </p>
        </div>
        {status && !status.trace_url_template && (
          <p class="quality-note">
            Set <code>web.trace_url</code> in the configuration, and each trace opens in your own backend.
          </p>
        )}
      </header>
      <section class="section" aria-label="Traces">
        <div class="section-head">
          <p>
            {data.hidden.rows > 0 && (
              <>
                The dearest {formatCount(data.rows.length)}; {formatCount(data.hidden.rows)} more come to{' '}
                {formatMoney(data.hidden.cost)}.{' '}
                {data.rows.length < MOST_ROWS && (
                  <Link class="text-link" to={{ ...state, limit: MOST_ROWS }}>
                    Show more
                  </Link>
                )}
              </>
            )}
          </p>
          <CsvLink address={csvAddress('traces', state)} />
        </div>
        <ScrollingTable label="Most expensive traces" layout="names">
          <thead>
            <tr>
              <th scope="col" class="text">
                Trace
              </th>
              <th scope="col">Cost</th>
              <th scope="col">Calls</th>
              <th scope="col">Errors</th>
              <th scope="col">Duration</th>
              <th scope="col">Started (UTC)</th>
              <th scope="col" class="text">
                Features
              </th>
              <th scope="col" class="text">
                Models
              </th>
              <th scope="col" class="text">
                Tenants
              </th>
              <th scope="col">
                <span class="out-of-sight">In your backend</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <TraceRow key={String(row.trace_id)} row={row} most={most} />
            ))}
          </tbody>
        </ScrollingTable>
      </section>
    </div>
  )
}

function TraceRow({ row, most }: { row: Row; most: number }): JSX.Element {
  const state = usePageState()
  const trace = String(row.trace_id)
  const url = row.trace_url
  const cost = row.cost as string | null
  const amount = approximateMoney(cost)
  return (
    <tr>
      <th scope="row" class="text">
        <Link class="row-name" to={{ ...state, view: 'trace', trace }}>
          <span class="row-label">
            {typeof row.name === 'string' ? formatName(row.name) : trace.slice(0, 16)}
          </span>
        </Link>
        <div class="row-bars" aria-hidden="true">
          {amount > 0 && <div class="bar" style={{ width: `${(amount / most) * 100}%` }} />}
        </div>
      </th>
      <td class={cost === null ? 'unknown' : 'primary'} title={exactCell(cost, 'money')}>
        {formatMoney(cost)}
      </td>
      <td>{formatCell(row.calls, 'count')}</td>
      <td>{formatCell(row.errors, 'count')}</td>
      <td>{formatCell(row.duration_ms, 'milliseconds')}</td>
      <td>{formatCell(row.started, 'time')}</td>
      <td class="text names">{formatCell(row.features, 'text')}</td>
      <td class="text names">{formatCell(row.models, 'text')}</td>
      <td class="text names">{formatCell(row.tenants, 'text')}</td>
      <td>
        {typeof url === 'string' && (
          <a class="traces-link" href={url} rel="noreferrer">
            <span class="out-of-sight">Open in your backend: trace {trace}</span>
            <span aria-hidden="true">Open ↗</span>
          </a>
        )}
      </td>
    </tr>
  )
}
