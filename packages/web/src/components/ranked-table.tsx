import type { JSX } from 'preact'
import {
  type Cell,
  type Column,
  hasPeriodBefore,
  type Row,
  titleOfKey,
  type ViewResult,
} from '../api/types.ts'
import { uncachedInput } from '../chart/trend-data.ts'
import { exactCell, formatCell, isAbsent } from '../format/cell.ts'
import { compareMoney, formatMoney } from '../format/money.ts'
import { formatKey } from '../format/name.ts'
import { formatCalls, formatCount, formatRatioChange } from '../format/quantity.ts'
import { Link, usePageState } from '../navigation/address.tsx'
import { MOST_ROWS, type PageState } from '../navigation/page-state.ts'
import { type Bars, drillDown, tracesOf } from '../views/catalog.ts'
import { Change } from './change.tsx'
import { coloursOf } from './row-colours.ts'
import { ScrollingTable } from './scrolling-table.tsx'

interface RankedTableProps {
  caption: string
  result: ViewResult
  columns: readonly string[]
  bars: readonly Bars[]
}

/** One row for each value of the dimension: its name with bars below, its numbers, a link to its traces. */
export function RankedTable({ caption, result, columns, bars }: RankedTableProps): JSX.Element {
  const state = usePageState()
  const known = new Map(result.columns.map((column) => [column.name, column]))
  const isCompared = hasPeriodBefore(result)
  const shown = columns
    .filter((column) => isCompared || !isOfComparison(column))
    .flatMap((column) => known.get(column) ?? [])
  const colours = coloursOf(result.rows)
  const scales = bars.map((bar) => Math.max(...result.rows.map((row) => reach(bar, row)), 0))
  const name = titleOfKey(result)
  return (
    <ScrollingTable label={caption}>
      <thead>
        <tr>
          <th scope="col" class="text">
            {name}
          </th>
          {shown.map((column) => (
            <th scope="col" key={column.name}>
              {column.title}
            </th>
          ))}
          <th scope="col">
            <span class="out-of-sight">Traces</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {result.rows.map((row, index) => (
          <tr key={String(row.key ?? '')} class={row.key === null ? 'row-untagged' : ''}>
            <th scope="row" class="text">
              <RowName row={row} dimension={name} to={drillDown(state, row.key as string | null)} />
              {bars.map((bar, each) => (
                <RowBars key={bar.kind} bar={bar} row={row} scale={scales[each]!} colour={colours[index]!} />
              ))}
            </th>
            {shown.map((column, each) => (
              <Value key={column.name} column={column} row={row} isPrimary={each === 0} />
            ))}
            <td>
              <Link class="traces-link" to={tracesOf(state, row.key as string | null)}>
                Traces
                <span class="out-of-sight"> of {formatKey(row.key, name)}</span>
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <HiddenRows result={result} columns={shown} state={state} />
        <tr class="totals">
          <th scope="row" class="text">
            Total
          </th>
          {shown.map((column, each) => (
            <Value key={column.name} column={column} row={result.totals} isPrimary={each === 0} isTotal />
          ))}
          <td />
        </tr>
      </tfoot>
    </ScrollingTable>
  )
}

function RowName({ row, dimension, to }: { row: Row; dimension: string; to: PageState }): JSX.Element {
  const unpriced = Number(row.unpriced_calls ?? 0)
  const estimated = row.estimated_cost
  const notes = [
    unpriced > 0 && `${formatCalls(unpriced)} unpriced`,
    typeof estimated === 'string' && Number(estimated) !== 0 && `${formatMoney(estimated)} estimated`,
  ].filter(Boolean)
  return (
    <>
      <Link class="row-name" to={to}>
        <span class="row-label">{formatKey(row.key, dimension)}</span>
      </Link>
      {notes.length > 0 && <span class="row-note">{notes.join(', ')}</span>}
    </>
  )
}

interface ValueProps {
  column: Column
  row: Row
  isPrimary: boolean
  isTotal?: boolean
}

function Value({ column, row, isPrimary, isTotal }: ValueProps): JSX.Element {
  const value = row[column.name]
  if (isTotal && value === undefined) return <td />
  if (column.name === 'change') return <td>{value === null ? '–' : <Change change={value} />}</td>
  if (column.name === 'change_ratio') return <td class="dim">{changeRatio(row)}</td>
  if (isAbsent(row, column.name)) return <td>–</td>
  return (
    <td class={lookOf(column, value, isPrimary)} title={exactCell(value, column.type)}>
      {formatCell(value, column.type)}
    </td>
  )
}

function isOfComparison(column: string): boolean {
  return column === 'change' || column === 'change_ratio'
}

/** There is no percentage of 0: a row that costs something now is new. */
function changeRatio({ change, change_ratio }: Row): string {
  if (typeof change_ratio === 'number') return formatRatioChange(change_ratio)
  return typeof change === 'string' && compareMoney(change, '0') > 0 ? 'new' : '–'
}

function lookOf({ type }: Column, value: Cell | undefined, isPrimary: boolean): string {
  if (type === 'text') return 'lines'
  if (type === 'money' && value === null) return 'unknown'
  if (type === 'money' && String(value).startsWith('-')) return 'negative'
  return isPrimary ? 'primary' : ''
}

/** Rows that the limit left out: how many, their sum, and a link that shows them. */
function HiddenRows({
  result,
  columns,
  state,
}: {
  result: ViewResult
  columns: Column[]
  state: PageState
}): JSX.Element | null {
  const { rows, cost, calls } = result.hidden
  if (rows === 0) return null
  const values: Record<string, Cell> = { cost, calls }
  return (
    <tr class="hidden-rows">
      <th scope="row" class="text">
        {result.rows.length < MOST_ROWS ? (
          <Link class="text-link" to={{ ...state, limit: MOST_ROWS }}>
            {formatCount(rows)} more
          </Link>
        ) : (
          `${formatCount(rows)} more, in the CSV`
        )}
      </th>
      {columns.map(({ name, type }) => (
        <td key={name}>{name in values ? formatCell(values[name], type) : ''}</td>
      ))}
      <td />
    </tr>
  )
}

/** A number to draw with. `uncached_input` is the input less what was read from and written to the cache. */
function measure(row: Row, column: string): number {
  return column === 'uncached_input' ? uncachedInput(row) : Math.max(0, Number(row[column] ?? 0))
}

function reach(bar: Bars, row: Row): number {
  if (bar.kind === 'length') return measure(row, bar.column)
  if (bar.kind === 'span') return measure(row, bar.to)
  return bar.parts.reduce((sum, { column }) => sum + measure(row, column), 0)
}

interface RowBarsProps {
  bar: Bars
  row: Row
  scale: number
  colour: string
}

function RowBars({ bar, row, scale, colour }: RowBarsProps): JSX.Element {
  const percent = (amount: number): string => `${scale === 0 ? 0 : (amount / scale) * 100}%`
  if (bar.kind === 'span') {
    const from = measure(row, bar.from)
    return (
      <div class="row-span" aria-hidden="true">
        <div style={{ left: percent(from), width: percent(measure(row, bar.to) - from) }} />
      </div>
    )
  }
  const parts = bar.kind === 'length' ? [{ column: bar.column, colour }] : bar.parts
  return (
    <div class="row-bars" aria-hidden="true">
      {parts
        .filter(({ column }) => measure(row, column) > 0)
        .map((part) => (
          <div key={part.column} class={part.colour} style={{ width: percent(measure(row, part.column)) }} />
        ))}
    </div>
  )
}

/** What the colours of the segments mean. */
export function BarKey({ bars }: { bars: readonly Bars[] }): JSX.Element | null {
  const entries = bars.flatMap((bar) => {
    if (bar.kind === 'parts') return bar.parts.map(({ label, colour }) => ({ label, colour }))
    return bar.kind === 'span' ? [{ label: bar.label, colour: 'bar' }] : []
  })
  if (entries.length === 0) return null
  return (
    <ul class="bar-key">
      {entries.map(({ label, colour }) => (
        <li key={label}>
          <span class={`swatch ${colour}`} /> {label}
        </li>
      ))}
    </ul>
  )
}
