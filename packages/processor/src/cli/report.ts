import { BUCKETS, VIEWS, type ViewQuery, type ViewResult } from '@spanmeter/ledger'
import { Argument, Command, Option } from 'commander'
import { toCsv } from '../api/csv.ts'
import { describeHidden } from '../report/footnotes.ts'
import { renderMarkdown } from '../report/markdown.ts'
import { renderTable } from '../report/table.ts'
import { wholeNumber } from './options.ts'
import { readSpend, type SpendOptions, withSelection, withSource } from './spend-command.ts'

type Format = 'table' | 'json' | 'csv' | 'markdown'

interface ReportOptions extends SpendOptions, ViewQuery {
  readonly format: Format
}

/** `spanmeter report`: a spend view in the terminal. */
export function reportCommand(): Command {
  return withSource(
    withSelection(new Command('report'))
      .description('Print a spend view: who spent what.')
      .addArgument(
        new Argument('[view]', 'what is asked').choices(VIEWS.map(({ name }) => name)).default('spend'),
      )
      .option(
        '--by <dimension>',
        'feature, model, provider, tenant, team, workflow, endpoint, ..., or any business key',
      )
      .addOption(
        new Option('--compare <period>', 'with the period of the same length before').choices(['previous']),
      )
      .addOption(
        new Option('--rank <order>', 'what changed most since the period before comes first').choices([
          'change',
        ]),
      )
      .addOption(new Option('--bucket <length>', 'of the view trend').choices(BUCKETS))
      .option('--limit <rows>', 'how many rows (default: 20 in a table, else 100)', wholeNumber)
      .addOption(
        new Option('--format <format>', 'how to print it')
          .choices(['table', 'json', 'csv', 'markdown'])
          .default('table'),
      ),
  )
    .addHelpText('after', EXAMPLES)
    .action((view: string, options: ReportOptions) =>
      readSpend(options, async (source) => {
        const result = await source.view(view, { limit: options.format === 'table' ? 20 : 100, ...options })
        process.stdout.write(print(result, options.format))
        if (options.format === 'csv' && result.hidden.rows > 0)
          process.stderr.write(`spanmeter: ${describeHidden(result)}\n`)
        if (options.compare !== undefined && result.range.previous_since === undefined)
          process.stderr.write(
            `spanmeter: ${view} is not compared: a trace happens once, and has no period before\n`,
          )
      }),
    )
}

function print(result: ViewResult, format: Format): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(result, undefined, 2)}\n`
    case 'csv':
      return toCsv(result.columns, result.rows)
    case 'markdown':
      return renderMarkdown(result)
    default: {
      const { isTTY, columns } = process.stdout
      return renderTable(result, { width: columns ?? 120, colour: isTTY && !process.env.NO_COLOR })
    }
  }
}

const EXAMPLES = `
Examples:
  spanmeter report                                       spend by feature, of all time
  spanmeter report --by tenant --since 7d --compare previous
  spanmeter report --by tenant --since 7d --compare previous --rank change
  spanmeter report --by model --where feature=faq-bot --since 24h
  spanmeter report --by tenant --where tenant=           what no tenant is known for
  spanmeter report workflows --since 30d                 own and inclusive cost, per run
  spanmeter report cache --by model --format csv > cache.csv

It reads the ledger's file; while spanmeter is running, and holds the file, it asks spanmeter.
Behind access control: SPANMETER_TOKEN is the bearer token.`
