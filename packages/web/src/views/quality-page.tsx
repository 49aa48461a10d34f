import type { ComponentChildren, JSX } from 'preact'
import { api, csvAddress, viewAddress } from '../api/client.ts'
import type { Row, ViewResult } from '../api/types.ts'
import { useResource } from '../api/use-resource.ts'
import { CsvLink } from '../components/csv-link.tsx'
import { RangeNote } from '../components/headline.tsx'
import { PageTitle } from '../components/page-title.tsx'
import { ScrollingTable } from '../components/scrolling-table.tsx'
import { EmptyState, ErrorState, Skeleton } from '../components/states.tsx'
import { exactCell, formatCell } from '../format/cell.ts'
import { approximateMoney } from '../format/money.ts'
import { formatCalls } from '../format/quantity.ts'
import { Link, usePageState } from '../navigation/address.tsx'
import { narrow, type PageState } from '../navigation/page-state.ts'

const PROBLEMS = [
  {
    problem: 'untagged',
    title: 'Untagged',
    detail: 'Missing',
    advice: (
      <>
        Money that nobody answers for. Wrap the call in <code>{'withBusinessContext({ … })'}</code>, or add a
        rule under <code>attribution</code> in the configuration.
      </>
    ),
  },
  {
    problem: 'unpriced',
    title: 'Unpriced',
    detail: 'Reason',
    advice:
      'What these calls cost is unknown, and not $0. Where no list has a price, an alias or a price in the price overrides settles it.',
  },
  {
    problem: 'estimated',
    title: 'Estimated',
    detail: 'Price',
    advice:
      'No list has the very price, so another stands in: of the model that was asked for where the one that answered is unknown, of its maker where the provider publishes none, or the first one known of an earlier call. A price in the price overrides makes it exact.',
  },
] as const

/** What is untagged, unpriced or estimated, in calls and in money, and what to do about it. */
export function QualityPage(): JSX.Element {
  const state = usePageState()
  const options = { limit: state.limit ?? 100 }
  const { data, error, loading, retry } = useResource(
    api.view,
    viewAddress('quality', state, options),
    'quality',
  )
  if (error) return <ErrorState error={error} retry={retry} />
  if (!data) return <Skeleton />
  if (data.range.since === null) return <EmptyState />
  return (
    <div aria-busy={loading}>
      <header class="headline">
        <div class="headline-title">
          <div>
            <PageTitle>Data quality</PageTitle>
            <RangeNote result={data} />
          </div>
          <CsvLink address={csvAddress('quality', state)} />
        </div>
        <dl class="facts">
          {data.rows.map((row) => (
            <div key={`${row.problem} ${row.detail}`}>
              <dt>{factOf(row)}</dt>
              <dd>{row.cost === null ? formatCalls(Number(row.calls)) : formatCell(row.cost, 'money')}</dd>
            </div>
          ))}
        </dl>
      </header>
      {PROBLEMS.map((problem) => (
        <Problem key={problem.problem} {...problem} result={data} state={state} />
      ))}
    </div>
  )
}

interface ProblemProps {
  problem: string
  title: string
  detail: string
  advice: ComponentChildren
  result: ViewResult
  state: PageState
}

function Problem({ problem, title, detail, advice, result, state }: ProblemProps): JSX.Element {
  const rows = result.rows.filter((row) => row.problem === problem)
  const most = Math.max(...rows.map(weight))
  return (
    <div class="section">
      <div class="section-head">
        <h2>{title}</h2>
      </div>
      <p class="section-note">{rows.length > 0 ? advice : 'None in this range.'}</p>
      {rows.length > 0 && (
        <ScrollingTable label={title} layout="even">
          <thead>
            <tr>
              <th scope="col" class="text">
                {detail}
              </th>
              <th scope="col">Cost</th>
              <th scope="col">Calls</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={String(row.detail)}>
                <th scope="row" class="text">
                  <Link class="row-name" to={callsOf(row, state)}>
                    <span class="row-label">{row.detail ?? 'unknown'}</span>
                  </Link>
                  {problem === 'unpriced' && <UnpricedReason reason={String(row.detail)} />}
                  {/* Of one row alone a bar would say nothing. */}
                  {rows.length > 1 && (
                    <div class="row-bars" aria-hidden="true">
                      <div class="hatched" style={{ width: `${(weight(row) / (most || 1)) * 100}%` }} />
                    </div>
                  )}
                </th>
                <td class={row.cost === null ? 'unknown' : 'primary'} title={exactCell(row.cost, 'money')}>
                  {formatCell(row.cost, 'money')}
                </td>
                <td>{formatCell(row.calls, 'count')}</td>
              </tr>
            ))}
          </tbody>
        </ScrollingTable>
      )}
    </div>
  )
}

/** The reasons of the price engine, in words. */
const UNPRICED: Record<string, string> = {
  unknown_provider: 'No price list is of this provider.',
  unknown_model: 'No price list has this model.',
  unknown_tier: 'No price is published for the tier that served the call.',
  unknown_speed: 'No price is published for the speed that was asked for.',
  unknown_tool: 'No fee is known for a tool that ran at the provider.',
  unknown_currency: 'The price is in a currency without a rate in the price overrides.',
  unknown_upstream: 'Made on a key of your own, whose price is not known.',
  no_usage: 'The call says nothing of what is billed, as streams do that are not asked for it.',
  no_price_for_usage: 'The list has no price for what was used.',
  impossible_usage: 'The counts contradict each other.',
  impossible_time: 'The call has no valid time.',
  amount_out_of_range: 'The amount is larger than the ledger can hold.',
  unknown: 'The span has no cost, and does not say why.',
}

function UnpricedReason({ reason }: { reason: string }): JSX.Element | null {
  const words = UNPRICED[reason]
  return words === undefined ? null : <span class="row-explained">{words}</span>
}

/** The calls that have a problem: untagged ones by endpoint, others by model. */
function callsOf({ problem, detail }: Row, state: PageState): PageState {
  if (problem === 'untagged')
    return { ...narrow(state, { key: String(detail), value: null }), view: 'spend', by: 'endpoint' }
  const value = detail as string | null
  const calls =
    problem === 'unpriced'
      ? narrow(state, { key: 'unpriced', value })
      : narrow(narrow(state, { key: 'cost_source', value: 'estimated' }), { key: 'price', value })
  return { ...calls, view: 'spend', by: 'model' }
}

function factOf({ problem, detail }: Row): string {
  if (problem === 'untagged') return `Without ${detail}`
  return `${problem === 'unpriced' ? 'Unpriced' : 'Estimated'}: ${detail}`
}

/** Money if it is known, else calls: bars are only compared within their table. */
function weight(row: Row): number {
  return row.cost === null ? Number(row.calls) : approximateMoney(String(row.cost))
}
