import { openLedger } from '@spanmeter/ledger'
import { Command } from 'commander'
import { loadConfig } from '../config/load-config.ts'
import type { Config, RetryConfig } from '../config/types.ts'
import { createExporter } from '../exporters/create-exporter.ts'
import { DeadLetters, toRecord } from '../exporters/dead-letters.ts'
import { deliverRecord } from '../exporters/delivery.ts'
import { createLedgerDestination, LEDGER_RETRY } from '../exporters/ledger-destination.ts'
import { Outage } from '../exporters/outage.ts'
import type { Destination } from '../exporters/types.ts'
import { createBusinessOf } from '../serve/reloadable-enrichment.ts'
import { ledgerOptions } from '../serve/spend-ledger.ts'
import { createLogger, rateLimited } from '../telemetry/logger.ts'
import { createTelemetry } from '../telemetry/telemetry.ts'
import { UsageError } from '../usage-error.ts'
import { fail } from './fail.ts'
import { configOption } from './options.ts'

interface ReplayOptions {
  readonly config?: string
  readonly exporter?: string
}

/** An exporter or the ledger, which is opened only if there is something to send. */
interface ReplayTarget {
  readonly name: string
  readonly retry: RetryConfig
  open(): Promise<Destination>
}

interface Replayed {
  readonly sent: number
  readonly failed: number
  readonly unreadable: number
}

/** After this long, a backend that is down is given up, so that the command ends. */
const MAX_ELAPSED_MS = 60_000

/** `spanmeter replay`: sends once more what destinations refused for good. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('Send dead letters again: what a destination had refused for good.')
    .addOption(configOption())
    .option('--exporter <name>', 'only those of this exporter; "ledger": only those of the ledger')
    .addHelpText('after', HELP)
    .action(async (options: ReplayOptions) => {
      try {
        await replay(options)
      } catch (error) {
        fail(error)
      }
    })
}

async function replay({ config: path, exporter }: ReplayOptions): Promise<void> {
  const config = loadConfig(path)
  const targets = targetsOf(config)
  const chosen = targets.filter(({ name }) => exporter === undefined || name === exporter)
  if (exporter !== undefined && chosen.length === 0) {
    const names = targets.map(({ name }) => name).join(', ')
    throw new UsageError(`no exporter is named "${exporter}"; there are: ${names || 'none'}`)
  }
  for (const target of chosen) {
    const { sent, failed, unreadable } = await replayTo(target, config)
    const skipped = unreadable > 0 ? `, ${unreadable} incomplete lines skipped` : ''
    process.stdout.write(`${target.name}: ${sent} items sent, ${failed} failed again${skipped}\n`)
    if (failed > 0) process.exitCode = 1
  }
}

function targetsOf(config: Config): ReplayTarget[] {
  const exporters = config.exporters.map((exporter) => ({
    name: exporter.name,
    retry: exporter.retry,
    open: async () => createExporter(exporter),
  }))
  const { ledger } = config
  if (ledger === undefined) return exporters
  return [
    ...exporters,
    {
      name: 'ledger',
      retry: LEDGER_RETRY,
      async open() {
        const businessOf = createBusinessOf(config)
        const store = await openLedger(ledgerOptions({ ...config, ledger }))
        // Records are sent one after the other: none has to wait for more.
        return {
          ...createLedgerDestination(store, { interval: 0, businessOf }),
          close: () => store.close(),
        }
      },
    },
  ]
}

async function replayTo({ name, retry, open }: ReplayTarget, { sendingQueue }: Config): Promise<Replayed> {
  const deadLetters = new DeadLetters(sendingQueue.deadLetters)
  const { letters, unreadable, forget } = await deadLetters.takeAll(name)
  if (letters.length === 0) {
    // A file with nothing but incomplete lines would block all later letters.
    await forget()
    return { sent: 0, failed: 0, unreadable }
  }
  const destination = await open()
  const telemetry = createTelemetry()
  const log = rateLimited(createLogger())
  const parts = {
    destination,
    retry: { ...retry, maxElapsedTime: retry.maxElapsedTime || MAX_ELAPSED_MS },
    deadLetters,
    telemetry,
    log,
    outage: new Outage(name, log),
  }
  const ended = (state: string, reason?: string) =>
    telemetry.destinationItems.sum(name, undefined, state, reason)
  const isDown = () => ended('dropped', 'retry_expired') > 0
  let left = 0
  for (const letter of letters) {
    const record = toRecord(letter)
    // A record that fails again is put back into the file, as it was the first time.
    if (!isDown()) await deliverRecord(record, parts, new AbortController().signal)
    else {
      await deadLetters.append(name, record, letter.reason)
      left += letter.items
    }
  }
  await forget()
  await destination.close()
  return { sent: ended('exported'), failed: ended('rejected') + ended('dropped') + left, unreadable }
}

const HELP = `
Dead letters are kept as <sending_queue.directory>/dead-letters/<exporter>.jsonl, one request a line with the reason;
those of the ledger as ledger.jsonl. A processor may be running meanwhile, but for those of the ledger, whose file it
holds.

Exit codes:
  0  all were sent
  1  some failed again; they are back in the file`
