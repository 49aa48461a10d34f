import type { SqlResult } from '@spanmeter/ledger'
import { Command, Option } from 'commander'
import { toCsv } from '../api/csv.ts'
import { renderRows } from '../report/rows.ts'
import type { SourceOptions } from '../report/spend-source.ts'
import { wholeNumber } from './options.ts'
import { readSpend, withSource } from './spend-command.ts'

interface SqlOptions extends SourceOptions {
  readonly format: 'table' | 'json' | 'csv'
  readonly limit: number
}

/** `spanmeter sql`: runs a SELECT of the user's own. */
export function sqlCommand(): Command {
  return withSource(
    new Command('sql')
      .description('Run one read-only SELECT (DuckDB SQL) over the ledger.')
      .argument('<select>', 'for instance: "select tenant, sum(cost) from calls group by all"')
      .addOption(
        new Option('--format <format>', 'how to print it').choices(['table', 'json', 'csv']).default('table'),
      )
      .option('--limit <rows>', 'how many rows at most', wholeNumber, 10_000),
  )
    .addHelpText('after', TABLES)
    .action((select: string, options: SqlOptions) =>
      readSpend(options, async (source) => {
        process.stdout.write(print(await source.sql(select, options.limit), options))
      }),
    )
}

function print(result: SqlResult, { format, limit }: SqlOptions): string {
  if (result.truncated)
    process.stderr.write(`spanmeter: more than ${limit} rows, the rest is left out (--limit)\n`)
  if (format === 'json') return `${JSON.stringify(result.rows, undefined, 2)}\n`
  return format === 'csv' ? toCsv(result.columns, result.rows) : renderRows(result)
}

const TABLES = `
Views:
  calls      one row a counted call: cost, tokens, model, feature, tenant, team, workflow, ...
  spans      calls, wrappers (role = 'wrapper', not counted) and the spans above them
  outcomes   one row a recorded outcome
Macros:
  trace_costs('<trace id>')             the spans of a trace with own and inclusive cost
  conversation_cost('<conversation>')   what a conversation cost
"describe calls" lists the columns; the README of @spanmeter/ledger explains them.`
