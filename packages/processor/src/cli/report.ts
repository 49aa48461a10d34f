import { parseTime, VIEWS, type ViewQuery, type ViewResult } from '@spanmeter/ledger'
import { Command, InvalidArgumentError, Option } from 'commander'
import { toCsv } from '../api/csv.ts'
import { parseFilter } from '../api/parameters.ts'
import { renderMarkdown } from '../report/markdown.ts'
import { openSpendSource, type SourceOptions } from '../report/spend-source.ts'
import { renderTable } from '../report/table.ts'
import { fail } from './fail.ts'

type Format = 'table' | 'json' | 'csv' | 'markdown'

interface ReportOptions extends SourceOptions {
  readonly by?: string
  readonly since?: string
  readonly until?: string
  readonly where: readonly string[]
  readonly compare?: 'previous'
  readonly bucket?: NonNullable<ViewQuery['bucket']>
  readonly limit?: number
  readonly format: Format
}

/** `spanmeter report`: a spend view in the terminal. */
export function reportCommand(): Command {
  return withSource(
    new Command('report')
      .description('Print a spend view: who spent what.')
      .argument('[view]', VIEWS.map(({ name }) => name).join(', '), 'spend')
      .option(
        '--by <dimension>',
        'feature, model, provider, tenant, team, workflow, endpoint, ..., or any business key',
      )
      .option(
        '--since <time>',
        '24h or 7d (ago), 2026-10-01, or 2026-10-01T08:00Z; from the first call if left out',
      )
      .option('--until <time>', 'likewise; now if left out')
      .option('--where <key=value>', 'only these calls; repeat for more, key= for those without', append, [])
      .addOption(
        new Option('--compare <period>', 'with the period of the same length before').choices(['previous']),
      )
      .addOption(
        new Option('--bucket <length>', 'of the view trend').choices([
          'minute',
          'hour',
          'day',
          'week',
          'month',
        ]),
      )
      .option('--limit <rows>', 'how many rows (default: 20 in a table, else 100)', wholeNumber)
      .addOption(
        new Option('--format <format>', 'how to print it')
          .choices(['table', 'json', 'csv', 'markdown'])
          .default('table'),
      ),
  )
    .addHelpText('after', EXAMPLES)
    .action(async (view: string, options: ReportOptions) => {
      try {
        const source = await openSpendSource(options)
        try {
          process.stdout.write(print(await source.view(view, toQuery(options)), options.format))
        } finally {
          await source.close()
        }
      } catch (error) {
        fail(error)
      }
    })
}

/** The options that say where the spend is read from. */
export function withSource(command: Command): Command {
  return command
    .option('--ledger <file>', 'read this ledger file (default: as configured)')
    .option('--endpoint <url>', 'ask a running spanmeter (default: where the file is in use, as configured)')
    .option('-c, --config <file>', 'configuration file (default: $SPANMETER_CONFIG, else none is needed)')
}

export function append(value: string, values: readonly string[]): readonly string[] {
  return [...values, value]
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('Give a whole number.')
  return Number(text)
}

function toQuery({ by, since, until, where, compare, bucket, limit, format }: ReportOptions): ViewQuery {
  return {
    ...(by !== undefined && { by }),
    ...(since !== undefined && { since: parseTime(since) }),
    ...(until !== undefined && { until: parseTime(until) }),
    ...(where.length > 0 && { where: where.map((text) => parseFilter(text, '=')) }),
    ...(compare !== undefined && { compare }),
    ...(bucket !== undefined && { bucket }),
    limit: limit ?? (format === 'table' ? 20 : 100),
  }
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
  spanmeter report --by model --where feature=faq-bot --since 24h
  spanmeter report --by tenant --where tenant=           what no tenant is known for
  spanmeter report workflows --since 30d                 own and inclusive cost, per run
  spanmeter report cache --by model --format csv > cache.csv

It reads the ledger's file; while spanmeter is running, and holds the file, it asks spanmeter.
Behind access control: SPANMETER_TOKEN is the bearer token.`
