import { resolve } from 'node:path'
import { type ExportFormat, parseTime, type Selection } from '@spanmeter/ledger'
import { Command, Option } from 'commander'
import { parseFilter } from '../api/parameters.ts'
import { openSpendSource, type SourceOptions } from '../report/spend-source.ts'
import { fail } from './fail.ts'
import { append, withSource } from './report.ts'

interface ExportOptions extends SourceOptions {
  readonly format: ExportFormat
  readonly since?: string
  readonly until?: string
  readonly where: readonly string[]
  readonly output?: string
}

/** `spanmeter export`: every counted call, as a file. */
export function exportCommand(): Command {
  return withSource(
    new Command('export')
      .description('Write every counted call to a Parquet or CSV file, one row a call.')
      .addOption(
        new Option('--format <format>', 'kind of file').choices(['parquet', 'csv']).default('parquet'),
      )
      .option(
        '--since <time>',
        '24h or 7d (ago), 2026-10-01, or 2026-10-01T08:00Z; from the first call if left out',
      )
      .option('--until <time>', 'likewise; now if left out')
      .option('--where <key=value>', 'only these calls; repeat for more', append, [])
      .option('-o, --output <file>', 'where to (default: spanmeter-calls.parquet or .csv)'),
  ).action(async (options: ExportOptions) => {
    try {
      const source = await openSpendSource(options)
      try {
        const path = resolve(options.output ?? `spanmeter-calls.${options.format}`)
        await source.exportTo(path, options.format, toSelection(options))
        process.stdout.write(`${path}\n`)
      } finally {
        await source.close()
      }
    } catch (error) {
      fail(error)
    }
  })
}

function toSelection({ since, until, where }: ExportOptions): Selection {
  return {
    ...(since !== undefined && { since: parseTime(since) }),
    ...(until !== undefined && { until: parseTime(until) }),
    ...(where.length > 0 && { where: where.map((text) => parseFilter(text, '=')) }),
  }
}
