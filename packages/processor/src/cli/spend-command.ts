import { parseTime, type Selection } from '@spanmeter/ledger'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseFilter } from '../api/parameters.ts'
import { openSpendSource, type SourceOptions, type SpendSource } from '../report/spend-source.ts'
import { fail } from './fail.ts'

// What the commands that read spend have in common.

export interface SelectionOptions {
  readonly since?: string
  readonly until?: string
  readonly where: readonly string[]
}

/** Adds the options that say where the spend is read from. */
export function withSource(command: Command): Command {
  return command
    .option('--ledger <file>', 'read this ledger file (default: as configured)')
    .option('--endpoint <url>', 'ask a running spanmeter (default: where the file is in use, as configured)')
    .option('-c, --config <file>', 'configuration file (default: $SPANMETER_CONFIG, else none is needed)')
}

/** Adds the options that say which calls. */
export function withSelection(command: Command): Command {
  return command
    .option(
      '--since <time>',
      '24h or 7d (ago), 2026-10-01 (its midnight, UTC), or 2026-10-01T08:00Z; from the first call if left out',
    )
    .option(
      '--until <time>',
      'likewise, up to and without it: October ends at 2026-11-01; without end if left out',
    )
    .addOption(
      new Option('--where <key=value>', 'only these calls; repeat for more, key= for those without')
        .argParser((value: string, values: readonly string[]) => [...values, value])
        .default([], 'all calls'),
    )
}

/** Of an option that counts rows. */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Give a whole number.')
  return Number(text)
}

export function toSelection({ since, until, where }: SelectionOptions): Selection {
  return {
    ...(since !== undefined && { since: parseTime(since) }),
    ...(until !== undefined && { until: parseTime(until) }),
    ...(where.length > 0 && { where: where.map((text) => parseFilter(text, '=')) }),
  }
}

/** Reads from wherever the options lead, and ends the command with a message where that fails. */
export async function readSpend(
  options: SourceOptions,
  read: (source: SpendSource) => Promise<void>,
): Promise<void> {
  try {
    const source = await openSpendSource(options)
    try {
      await read(source)
    } finally {
      await source.close()
    }
  } catch (error) {
    fail(error)
  }
}
