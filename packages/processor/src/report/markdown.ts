import type { ViewResult } from '@spanmeter/ledger'
import { footnotes } from './footnotes.ts'
import { formatCell, isNumeric } from './format-value.ts'
import { period, periodBefore } from './period.ts'
import { pivotTrend } from './pivot-trend.ts'
import { printable } from './printable.ts'

/** A view as a table in GitHub-flavoured Markdown, for a ticket or a chat. */
export function renderMarkdown(view: ViewResult): string {
  const result = view.view === 'trend' ? pivotTrend(view) : view
  const { columns, rows, totals } = result
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const total = columns.map((column, index) =>
    index === 0 ? '**Total**' : column.name in totals ? `**${formatCell(column, totals[column.name])}**` : '',
  )
  return [
    `### ${escaped(result.title)}`,
    '',
    period(result) +
      (result.range.previous_since === undefined ? '' : `, compared with ${periodBefore(result)}`),
    ...result.filters.map(({ key, value }) =>
      escaped(`where ${key} ${value === null ? 'is missing' : `= ${value}`}`),
    ),
    '',
    line(columns.map(({ title }) => escaped(title))),
    line(columns.map((column) => (isNumeric(column) ? '---:' : '---'))),
    ...rows.map((row) =>
      line(
        columns.map((column) =>
          column.name === 'key' ? key(row) : escaped(formatCell(column, row[column.name])),
        ),
      ),
    ),
    ...(rows.length > 1 && Object.keys(totals).length > 0 ? [line(total)] : []),
    '',
    ...footnotes(result).map((note) => `- ${note}`),
    '',
  ].join('\n')

  function key(row: (typeof rows)[number]): string {
    if (row.other === true) return '_other_'
    return row.key === null ? '_untagged_' : escaped(String(row.key))
  }
}

/** Escapes markup (https://github.github.com/gfm/#backslash-escapes); a `_` inside a word is none. */
function escaped(text: string): string {
  return printable(text).replace(/[\\`*~<>[\]|&]|(?<!\w)_+|_+(?!\w)/g, (markup) =>
    markup.replace(/./g, '\\$&'),
  )
}
