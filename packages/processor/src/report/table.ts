import { styleText } from 'node:util'
import type { Column, Row, ViewResult } from '@spanmeter/ledger'
import { footnotes } from './footnotes.ts'
import { formatCell, isNumeric } from './format-value.ts'
import { period, periodBefore } from './period.ts'
import { pivotTrend } from './pivot-trend.ts'
import { printable } from './printable.ts'
import { clip, padEnd, padStart, textWidth } from './text-width.ts'

export interface TableOptions {
  /** Characters in a line. Columns that don't fit are left out, and named below the table. */
  readonly width: number
  readonly colour: boolean
}

/** A column that has been laid out. */
interface Layout {
  readonly column: Column
  readonly width: number
  readonly cells: readonly string[]
  readonly total: string
}

const GAP = '  '
const BAR_WIDTH = 12
const TEXT_WIDTH = 44
/** The width of a line without its key: the amount and its share. */
const FIGURES_WIDTH = 34

/** The column with the word `Total`, for views without a key. */
const FIRST_COLUMN: Readonly<Record<string, string>> = { traces: 'trace_id', trend: 'bucket' }

/** A view as a table for a terminal, with notes on what is not shown. */
export function renderTable(view: ViewResult, { width, colour }: TableOptions): string {
  const result = view.view === 'trend' ? pivotTrend(view) : view
  const paint = (style: Parameters<typeof styleText>[0], text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text
  const layouts = result.columns
    .filter((column) => says(column, result))
    .map((column) => layOut(column, result, Math.max(12, Math.min(TEXT_WIDTH, width - FIGURES_WIDTH))))
  const { shown, left } = fit(layouts, width)
  const header = shown.map(({ column, width }) => align(column, heading(column), width)).join(GAP)
  const rule = '─'.repeat(textWidth(header))
  const lines = result.rows.map((row, index) => {
    const line = shown.map(({ column, cells, width }) => align(column, cells[index]!, width)).join(GAP)
    return isUntagged(row, result) ? paint('yellow', line) : line
  })
  const total = shown.map(({ column, total, width }) => align(column, total, width)).join(GAP)
  const hasTotal = result.rows.length > 1 && Object.keys(result.totals).length > 0
  return [
    paint('bold', printable(result.title)) + GAP + paint('dim', period(result)),
    ...(result.range.previous_since === undefined
      ? []
      : [paint('dim', `compared with ${periodBefore(result)}`)]),
    ...result.filters.map(({ key, value }) =>
      paint('dim', `where ${printable(key)} ${value === null ? 'is missing' : `= ${printable(value)}`}`),
    ),
    '',
    ...(result.rows.length === 0
      ? [`Nothing here: no call in this range${result.filters.length > 0 ? ' matches' : ''}.`]
      : [
          paint('dim', header.trimEnd()),
          paint('dim', rule),
          ...lines.map((line) => line.trimEnd()),
          ...(hasTotal ? [paint('dim', rule), paint('bold', total.trimEnd())] : []),
        ]),
    '',
    ...footnotes(result).map((note) => paint('dim', note)),
    ...(left.length === 0
      ? []
      : [paint('dim', `Not shown for width: ${left.join(', ')} (--format csv has all).`)]),
    '',
  ].join('\n')
}

/** Whether a column is worth showing: not if it has only unknown values or zeros. */
function says({ name, type }: Column, { rows }: ViewResult): boolean {
  if (type === 'text' || type === 'time' || ['cost', 'calls', 'share'].includes(name)) return true
  return rows.some((row) => row[name] !== null && row[name] !== false && Number(row[name]) !== 0)
}

function layOut(column: Column, { rows, totals, view }: ViewResult, keyWidth: number): Layout {
  const largest = Math.max(...rows.map((row) => Number(row.share ?? 0)))
  const first = column.name === FIRST_COLUMN[view] || column.name === 'key'
  const texts = [
    ...rows.map((row) => (column.name === 'key' ? clip(keyText(row), keyWidth) : cell(column, row, largest))),
    first ? 'Total' : column.name in totals ? formatCell(column, totals[column.name]) : '',
  ]
  const cells = column.type === 'money' ? pointUnderPoint(texts) : texts
  const total = cells.pop()!
  const width = Math.max(...[heading(column), total, ...cells].map(textWidth))
  return {
    column,
    cells,
    total: column.name === 'share' ? total.padEnd(total.length + BAR_WIDTH + 1) : total,
    width,
  }
}

/** Aligns amounts by their decimal points: those below a cent have more digits than others, unknown ones have none. */
function pointUnderPoint(amounts: readonly string[]): string[] {
  const places = (amount: string): number => amount.split('.')[1]?.length ?? Number.POSITIVE_INFINITY
  const most = Math.max(...amounts.map(places).filter(Number.isFinite), 0)
  return amounts.map((amount) => amount + ' '.repeat(Math.max(0, most - places(amount))))
}

function cell(column: Column, row: Row, largestShare: number): string {
  const value = row[column.name]
  const text = formatCell(column, value)
  if (column.name === 'share') return `${text.padStart(6)} ${bar(Number(value ?? 0) / (largestShare || 1))}`
  return clip(text, TEXT_WIDTH)
}

/** The heading of a column; that of shares is above the percentages, not above the bars. */
function heading({ name, title }: Column): string {
  if (name === 'share') return title.padStart(6).padEnd(6 + 1 + BAR_WIDTH)
  return clip(printable(title), TEXT_WIDTH)
}

function keyText({ key, other }: Row): string {
  if (other === true) return '(other)'
  return key === null ? '(untagged)' : printable(String(key))
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

function bar(part: number): string {
  const eighths = Math.round(Math.max(0, Math.min(1, part)) * BAR_WIDTH * 8)
  return ('█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!).padEnd(BAR_WIDTH)
}

function isUntagged(row: Row, { by }: ViewResult): boolean {
  return by !== null && row.key === null && row.other !== true
}

function align(column: Column, text: string, width: number): string {
  return isNumeric(column) ? padStart(text, width) : padEnd(text, width)
}

/** As many columns, from the left, as fit into a line. */
function fit(layouts: readonly Layout[], width: number): { shown: Layout[]; left: string[] } {
  let used = -GAP.length
  let count = 0
  for (const layout of layouts) {
    used += GAP.length + layout.width
    if (used > width && count > 1) break
    count++
  }
  return { shown: layouts.slice(0, count), left: layouts.slice(count).map(({ column }) => column.title) }
}
