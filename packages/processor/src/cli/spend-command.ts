import type { Selection } from '@spanmeter/ledger'
import { type Command, Option } from 'commander'
import { openSpendSource, type SourceOptions, type SpendSource } from '../report/spend-source.ts'
import { fail } from './fail.ts'
import { configOption, filter, time, url } from './options.ts'

// What the commands that read spend have in common.

/** Adds the options that say where the spend is read from: `SourceOptions`. */
export function withSource(command: Command): Command {
  return command
    .option('--ledger <file>', 'read this ledger file (default: as configured)')
    .option(
      '--endpoint <url>',
      'ask a running spanmeter (default: where the file is in use, as configured)',
      url,
    )
    .addOption(configOption())
}

/** Adds the options that say which calls: a `Selection`. */
export function withSelection(command: Command): Command {
  return command
    .option(
      '--since <time>',
      '24h or 7d (ago), 2026-10-01 (its midnight, UTC), or 2026-10-01T08:00Z; from the first call if left out',
      time,
    )
    .option(
      '--until <time>',
      'likewise, up to and without it: October ends at 2026-11-01; without end if left out',
      time,
    )
    .addOption(
      new Option('--where <key=value>', 'only these calls; repeat for more, key= for those without')
        .argParser(filter)
        .default([], 'all calls'),
    )
}

export type SpendOptions = SourceOptions & Selection

/** Reads from the source that the options choose, and ends the command with a message if that fails. */
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
