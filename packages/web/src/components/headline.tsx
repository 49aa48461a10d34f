import type { JSX } from 'preact'
import { type Cell, type ColumnType, hasPeriodBefore, type ViewResult } from '../api/types.ts'
import { exactCell, formatCell, isAbsent } from '../format/cell.ts'
import { formatMoney, splitMoney } from '../format/money.ts'
import { formatCalls } from '../format/quantity.ts'
import { formatLength, formatMoment, formatRange } from '../format/time.ts'
import { Link, usePageState } from '../navigation/address.tsx'
import { narrow } from '../navigation/page-state.ts'
import { Change } from './change.tsx'
import { PageTitle } from './page-title.tsx'

export function RangeNote({ result }: { result: ViewResult }): JSX.Element {
  const { since, until } = result.range
  return <p class="range">{since ? `${formatRange(since, until)}, UTC` : 'No calls yet'}</p>
}

/** The main number of a view, with small cents. */
export function Total({ value, type }: { value: Cell | undefined; type: ColumnType }): JSX.Element {
  if (value === null || value === undefined) return <span class="total total-unknown">unknown</span>
  if (type !== 'money') {
    return (
      <span class="total" title={exactCell(value, type)}>
        {formatCell(value, type)}
      </span>
    )
  }
  const { sign, whole, fraction } = splitMoney(String(value))
  return (
    <span class="total" title={exactCell(value, type)}>
      {sign}${whole}
      <span class="cents">.{fraction}</span>
    </span>
  )
}

interface HeadlineProps {
  title: string
  result: ViewResult
  column: string
  label: string
  facts: readonly string[]
}

/** The title of the page, its main number, how that changed, and how far it can be trusted. */
export function Headline({ title, result, column, label, facts }: HeadlineProps): JSX.Element {
  const { totals } = result
  const columns = new Map(result.columns.map((each) => [each.name, each]))
  const type = columns.get(column)?.type ?? 'money'
  const isCost = column === 'cost'
  return (
    <header class="headline">
      <div>
        <PageTitle>{title}</PageTitle>
        <RangeNote result={result} />
      </div>
      <div class="headline-total">
        <Total value={totals[column]} type={type} />
        {isCost ? <ChangeOfTotal result={result} /> : <p class="delta">{label}</p>}
      </div>
      <dl class="facts">
        {facts
          .filter((name) => totals[name] !== undefined && columns.has(name))
          .map((name) => {
            const { title: term, type: factType } = columns.get(name)!
            return (
              <div key={name}>
                <dt>{term}</dt>
                {isAbsent(totals, name) ? (
                  <dd>–</dd>
                ) : (
                  <dd title={exactCell(totals[name], factType)}>{formatCell(totals[name], factType)}</dd>
                )}
              </div>
            )
          })}
      </dl>
      <QualityNote result={result} />
    </header>
  )
}

function ChangeOfTotal({ result }: { result: ViewResult }): JSX.Element | null {
  const { totals, range } = result
  const begins = range.first_call && `the ledger begins on ${formatMoment(range.first_call)}`
  if (totals.change === undefined || totals.change === null || range.since === null) return null
  if (begins && !hasPeriodBefore(result)) {
    return (
      <p class="delta">
        <small>nothing to compare with: {begins}</small>
      </p>
    )
  }
  return (
    <p class="delta">
      <Change change={totals.change} ratio={totals.change_ratio} />
      <small>
        against {formatMoney(String(totals.previous_cost))} in the {formatLength(range.since, range.until)}{' '}
        before
        {begins && ` (${begins})`}
      </small>
    </p>
  )
}

/** How much is untagged, unpriced or estimated: part of the headline, not of a footnote. */
function QualityNote({ result }: { result: ViewResult }): JSX.Element | null {
  const state = usePageState()
  const { untagged, unpriced, estimated } = result.quality
  const isUntagged = untagged !== null && untagged.calls > 0
  if (!isUntagged && unpriced.calls === 0 && estimated.calls === 0) return null
  return (
    <p class="quality-note">
      <span class="swatch hatched" aria-hidden="true" />
      {isUntagged && (
        <Link class="text-link" to={narrow(state, { key: untagged.key, value: null })}>
          {formatMoney(untagged.cost)} without {untagged.key}
        </Link>
      )}
      {unpriced.calls > 0 && (
        <Link class="text-link" to={{ ...state, view: 'quality' }}>
          {formatCalls(unpriced.calls)} unpriced{result.totals.cost !== null && ', so the cost is higher'}
        </Link>
      )}
      {estimated.calls > 0 && (
        <Link class="text-link" to={{ ...state, view: 'quality' }}>
          {formatMoney(estimated.cost)} estimated
        </Link>
      )}
    </p>
  )
}
