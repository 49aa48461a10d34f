import { Command } from 'commander'
import { loadConfig } from '../config/load-config.ts'
import type { Config, ExporterConfig } from '../config/types.ts'
import { createExporter } from '../exporters/create-exporter.ts'
import { DeadLetters, toRecord } from '../exporters/dead-letters.ts'
import { deliverRecord } from '../exporters/delivery.ts'
import { createLogger, rateLimited } from '../telemetry/logger.ts'
import { createTelemetry, type Telemetry } from '../telemetry/telemetry.ts'
import type { Signal } from '../types.ts'
import { fail } from './fail.ts'

interface ReplayOptions {
  readonly config?: string
  readonly exporter?: string
}

const SIGNALS: readonly Signal[] = ['traces', 'metrics', 'logs']
/** A backend that is down should end the command, not hang it. */
const MAX_ELAPSED_MS = 60_000

/** `spanmeter replay`: sends what destinations refused for good once more. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('Send dead letters again: what a destination had refused for good.')
    .option('-c, --config <file>', 'configuration file (default: $SPANMETER_CONFIG)')
    .option('--exporter <name>', 'only those of this exporter')
    .addHelpText('after', HELP)
    .action(async (options: ReplayOptions) => {
      try {
        await replay(options)
      } catch (error) {
        fail(error)
      }
    })
}

async function replay({
  config: path = process.env.SPANMETER_CONFIG,
  exporter,
}: ReplayOptions): Promise<void> {
  const config = loadConfig(path)
  for (const chosen of config.exporters.filter(({ name }) => exporter === undefined || name === exporter)) {
    const { sent, failed, unreadable } = await replayTo(chosen, config)
    const skipped = unreadable > 0 ? `, ${unreadable} torn lines skipped` : ''
    process.stdout.write(`${chosen.name}: ${sent} items sent, ${failed} failed again${skipped}\n`)
    if (failed > 0) process.exitCode = 1
  }
}

async function replayTo(
  exporter: ExporterConfig,
  { sendingQueue }: Config,
): Promise<{ sent: number; failed: number; unreadable: number }> {
  const telemetry = createTelemetry()
  const deadLetters = new DeadLetters(sendingQueue.deadLetters)
  const destination = createExporter(exporter)
  const retry = { ...exporter.retry, maxElapsedTime: exporter.retry.maxElapsedTime || MAX_ELAPSED_MS }
  const parts = { destination, retry, deadLetters, telemetry, log: rateLimited(createLogger()) }
  const { letters, unreadable, forget } = await deadLetters.takeAll(exporter.name)
  // One that fails again goes back to the file by the same way as the first time.
  for (const letter of letters) await deliverRecord(toRecord(letter), parts, new AbortController().signal)
  await forget()
  await destination.close()
  return { sent: total(telemetry, 'sent'), failed: total(telemetry, 'sendFailed'), unreadable }
}

function total(telemetry: Telemetry, counter: 'sent' | 'sendFailed'): number {
  return SIGNALS.reduce((sum, signal) => sum + telemetry[counter][signal].sum(), 0)
}

const HELP = `
Dead letters are kept as <sending_queue.directory>/dead-letters/<exporter>.jsonl, one request a line with the reason.
A processor may be running meanwhile.

Exit codes:
  0  all were sent
  1  some failed again; they are back in the file`
