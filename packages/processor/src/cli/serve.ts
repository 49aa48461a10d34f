import { Command, InvalidArgumentError } from 'commander'
import { closest } from '../config/closest.ts'
import { loadConfig } from '../config/load-config.ts'
import type { Config } from '../config/types.ts'
import { type Service, serve } from '../serve.ts'
import { createLogger, type Logger } from '../telemetry/logger.ts'
import { fail } from './fail.ts'
import { configOption } from './options.ts'

interface ServeOptions {
  readonly config?: string
  readonly workers?: number
  readonly dryRun?: boolean
}

/** `spanmeter serve`: runs until SIGINT or SIGTERM; SIGHUP reloads prices, look-ups, rules and secrets. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('Run the processor (the default command).')
    .addOption(configOption())
    .option('--workers <count>', 'threads that receive, price and forward, on one port (Linux)', parseWorkers)
    .option('--dry-run', 'price, attribute and count what comes in; forward and store nothing')
    .addHelpText('after', HELP)
    .argument('[unknown]')
    .usage('[options]')
    .action(async (unknown: string | undefined, options: ServeOptions, command: Command) => {
      if (unknown !== undefined) command.error(unknownCommand(unknown, command))
      try {
        await runUntilStopped(options)
      } catch (error) {
        fail(error)
      }
    })
}

async function runUntilStopped({ config: path, workers, dryRun }: ServeOptions): Promise<void> {
  // Queue, dead letters and ledger contain prompts and costs of customers: other users must not read them.
  process.umask(0o077)
  const logger = createLogger()
  const loaded = loadConfig(path)
  const config = { ...loaded, workers: workers ?? loaded.workers }
  const starting = serve(dryRun === true ? withoutDestinations(config) : config, logger)
  // Installed at once, as SIGHUP without a listener would end the process. A service that is still starting reloads later.
  process.on('SIGHUP', () => {
    void starting.then(
      (service) => reload(service, path, loaded, logger),
      () => undefined,
    )
  })
  const service = await starting
  // Installed before `ready` is logged: whoever waits for that may send a signal at once.
  const { first, second } = stopSignals()
  logger.info({ ...service.addresses, exporters: config.exporters.map(({ name }) => name), dryRun }, 'ready')
  if (config.exporters.length === 0) logger.warn('no exporter is configured: traces are not forwarded')
  const signal = await first
  logger.info({ signal }, 'stopping')
  second.addEventListener('abort', () => logger.info('second signal: stopping without further deliveries'))
  await service.close(second)
  logger.info('stopped')
  // Nothing should be left to wait for; a handle that a library leaves open must not keep the process alive.
  setTimeout(() => process.exit(), 2_000).unref()
}

/** As the default command, it also gets names that are no command's. */
function unknownCommand(name: string, { parent }: Command): string {
  const guess = closest(name, parent?.commands.map((command) => command.name()) ?? [])
  return `error: unknown command '${name}'${guess === undefined ? '' : `\n(Did you mean ${guess}?)`}`
}

function parseWorkers(text: string): number {
  const workers = Number(text)
  if (Number.isInteger(workers) && workers >= 1 && workers <= 64) return workers
  throw new InvalidArgumentError('expected a number from 1 to 64')
}

function withoutDestinations(config: Config): Config {
  return {
    ...config,
    exporters: [],
    ledger: undefined,
    sendingQueue: { ...config.sendingQueue, enabled: false },
  }
}

async function reload(
  service: Service,
  path: string | undefined,
  running: Config,
  logger: Logger,
): Promise<void> {
  try {
    const next = loadConfig(path)
    await service.reload(next)
    const needsRestart = changedForRestart(running, next)
    logger[needsRestart.length === 0 ? 'info' : 'warn']({ needsRestart }, 'reloaded')
  } catch (error) {
    logger.error({ err: error }, 'not reloaded; the previous configuration stays in use')
  }
}

/** Sections, by their names in the file, that have changed but need a restart. */
function changedForRestart(running: Config, next: Config): string[] {
  const reloaded = new Set(['pricing', 'enrichment', 'attribution', 'content'])
  const names = Object.keys(running) as (keyof Config)[]
  const changed = names.filter((name) => !reloaded.has(name) && isChanged(running[name], next[name]))
  // The new contract is checked at once, but metrics and ledger keep the previous list of required keys.
  const isRequiredChanged = isChanged(
    running.attribution.contract?.required,
    next.attribution.contract?.required,
  )
  return [
    ...changed.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
    ...(isRequiredChanged ? ['attribution.contract.required'] : []),
  ]
}

function isChanged(running: unknown, next: unknown): boolean {
  return JSON.stringify(running) !== JSON.stringify(next)
}

/** The first signal stops in order, the second cuts deliveries short, the third ends the process at once. */
function stopSignals(): { readonly first: Promise<string>; readonly second: AbortSignal } {
  const { promise: first, resolve } = Promise.withResolvers<string>()
  const second = new AbortController()
  let count = 0
  const onSignal = (signal: string): void => {
    count += 1
    if (count === 1) resolve(signal)
    else {
      second.abort()
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
    }
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  return { first, second: second.signal }
}

const HELP = `
Signals:
  SIGHUP           reloads prices, look-ups, rules, content policy, certificates and tokens; if a file is wrong,
                   that is logged and the previous ones stay in use
  SIGINT, SIGTERM  stops in order: receivers, sending queue, exporters; what is not delivered by
                   shutdown_timeout, or by a second signal, stays in the queue for the next start

Examples:
  spanmeter --config spanmeter.yaml
  spanmeter --dry-run --config spanmeter.yaml     see on /metrics what rules and prices would do`
