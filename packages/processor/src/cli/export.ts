import { resolve } from 'node:path'
import { EXPORT_FORMATS, type ExportFormat } from '@spanmeter/ledger'
import { Command, Option } from 'commander'
import { readSpend, type SpendOptions, withSelection, withSource } from './spend-command.ts'

interface ExportOptions extends SpendOptions {
  readonly format: ExportFormat
  readonly output?: string
}

/** `spanmeter export`: writes every counted call to a file. */
export function exportCommand(): Command {
  return withSource(
    withSelection(new Command('export'))
      .description(
        'Write every counted call to a Parquet or CSV file, one row a call. Times are UTC, amounts US dollars.',
      )
      .addOption(new Option('--format <format>', 'kind of file').choices(EXPORT_FORMATS).default('parquet'))
      .option('-o, --output <file>', 'where to (default: spanmeter-calls.parquet or .csv)'),
  ).action((options: ExportOptions) =>
    readSpend(options, async (source) => {
      const path = resolve(options.output ?? `spanmeter-calls.${options.format}`)
      await source.exportTo(path, options.format, options)
      process.stdout.write(`${path}\n`)
    }),
  )
}
