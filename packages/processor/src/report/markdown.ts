import type { Column, ViewResult } from '@spanmeter/ledger'
import { footnotes } from './footnotes.ts'
import { formatValue } from './format-value.ts'

/** A view as a GitHub-flavoured Markdown table, for a ticket or a chat. */
export function renderMarkdown(result: ViewResult): string {
  const { columns, rows, totals } = result
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const total = columns.map(({ name, type }, index) =>
    index === 0 ? '**Total**' : name in totals ? `**${formatValue(totals[name], type)}**` : '',
  )
  return [
    `### ${result.title}`,
    '',
    line(columns.map(({ title }) => title)),
    line(columns.map(({ type }) => (isText(type) ? '---' : '---:'))),
    ...rows.map((row) =>
      line(
        columns.map(({ name, type }) => (name === 'key' ? key(row) : escaped(formatValue(row[name], type)))),
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

function isText(type: Column['type']): boolean {
  return type === 'text' || type === 'time' || type === 'flag'
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replace(/[\r\n]+/g, ' ')
}
